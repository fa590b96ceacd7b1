import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { expect, expectAlive, proves, test } from "./fixtures";
import { startAskingUpstream } from "./support/asking-upstream";
import { connect, postHeaders, textOf } from "./support/mcp";

/** A JSON-RPC response as anybody could post it. */
const answer = (id: unknown, name: string) =>
  JSON.stringify({ jsonrpc: "2.0", id, result: { action: "accept", content: { name } } });

async function beginSession(url: string, token: string): Promise<string> {
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "mallory", version: "1" } };
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params });
  const response = await fetch(url, { method: "POST", headers: postHeaders(token), body });
  await response.text();
  return response.headers.get("mcp-session-id") ?? "";
}

test(
  proves("gateway:bad-request", "a question can be answered by nobody but the session that was asked"),
  async ({ workspace, product }) => {
    const upstream = await startAskingUpstream();
    await workspace.add("asker", upstream.url);
    const mallory = await workspace.issue("Mallory");
    const sessions = [
      { token: mallory.token, session: null },
      { token: mallory.token, session: await beginSession(workspace.mcp, mallory.token) },
      { token: workspace.token, session: null },
      { token: workspace.token, session: await beginSession(workspace.mcp, workspace.token) },
    ];
    const statuses: number[] = [];
    const client = await connect(workspace.mcp, workspace.token, "http", { elicitation: { form: {} } });
    client.setRequestHandler(ElicitRequestSchema, async (_request, { requestId }) => {
      for (const { token, session } of sessions) {
        const headers = { ...postHeaders(token), ...(session && { "mcp-session-id": session }) };
        const forged = await fetch(workspace.mcp, { method: "POST", headers, body: answer(requestId, "Mallory") });
        statuses.push(forged.status);
        await forged.text();
      }
      return { action: "accept", content: { name: "Alice" } };
    });
    const result = await client.callTool({ name: "asker__ask", arguments: { n: 7 } });
    expect(textOf(result)).toBe("7 is Alice");
    expect(statuses.length).toBe(4);
    for (const status of statuses) expect([202, 400, 404]).toContain(status);
    await client.close();
    await upstream.close();
    await expectAlive(product);
  },
);
