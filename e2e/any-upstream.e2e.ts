import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { startNewServer, startOldServer } from "@/lib/mcp/testing/sdk-servers";
import { expect, proves, test } from "./fixtures";
import { connect, textOf } from "./support/mcp";

/** What each server of the test is, as the API tells it once it was added. */
const EXPECTED = {
  old: { transport: "streamable-http", protocolVersion: "2025-11-25" },
  sse: { transport: "sse", protocolVersion: "2025-11-25" },
  dual: { transport: "streamable-http", protocolVersion: "2026-07-28" },
  modern: { transport: "streamable-http", protocolVersion: "2026-07-28" },
};

test(proves("servers:any-revision"), async ({ api, workspace }) => {
  const servers = {
    old: await startOldServer("streamable-http"),
    sse: await startOldServer("sse"),
    dual: await startNewServer(),
    modern: await startNewServer(true),
  };
  try {
    for (const [slug, { url }] of Object.entries(servers)) await workspace.add(slug, url);
    for (const [slug, expected] of Object.entries(EXPECTED))
      expect(await api.getServer(workspace.slug, slug)).toMatchObject({ ...expected, status: "up" });

    const client = await connect(workspace.mcp, workspace.token, "http", { elicitation: {} });
    client.setRequestHandler(ElicitRequestSchema, async () => ({ action: "accept", content: { name: "Ada" } }));
    try {
      for (const slug of Object.keys(servers)) {
        const echoed = textOf(await client.callTool({ name: `${slug}__echo`, arguments: { text: "héllo" } }));
        expect(JSON.parse(echoed)).toMatchObject({ text: "héllo" });
        const asked = textOf(await client.callTool({ name: `${slug}__ask`, arguments: {} }));
        expect([slug, JSON.parse(asked)]).toEqual([slug, { action: "accept", content: { name: "Ada" } }]);
      }
      // These ask outside of the stream of the call.
      for (const slug of ["old", "sse"]) {
        const asked = textOf(await client.callTool({ name: `${slug}__ask-aside`, arguments: {} }));
        expect([slug, JSON.parse(asked)]).toEqual([slug, { action: "accept", content: { name: "Ada" } }]);
      }
      // Arguments that the server also wants in a header.
      const routed = { region: "eu west", text: "x" };
      const answer = textOf(await client.callTool({ name: "modern__routed", arguments: routed }));
      expect(JSON.parse(answer)).toEqual(routed);
      const sent = servers.modern.seen.find(({ headers }) => headers["mcp-name"] === "routed");
      expect(sent?.headers).toMatchObject({ "mcp-method": "tools/call", "mcp-param-region": "eu west" });
    } finally {
      await client.close();
    }
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.close()));
  }
});
