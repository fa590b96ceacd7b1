import { expect, proves, test } from "./fixtures";
import { callTool, connect, textOf } from "./support/mcp";
import { eventually } from "./support/process";
import { startSecretUpstream } from "./support/secret-upstream";
import { mintSecret, mintWorkspace } from "./support/workspace";

test(
  proves("workspace:isolated", "three workspaces at once, with equal names for everything, stay apart"),
  async ({ api, product }) => {
    const tenants = await Promise.all(
      ["red", "green", "blue"].map(async (colour) => {
        const workspace = await mintWorkspace(api, product);
        const upstream = await startSecretUpstream(mintSecret());
        await workspace.addSecret("vault", upstream);
        const client = await connect(workspace.sse, workspace.token, colour === "green" ? "sse" : "http");
        return { colour, workspace, upstream, client };
      }),
    );
    try {
      await Promise.all(
        tenants.flatMap(({ colour, client }) =>
          Array.from({ length: 40 }, async (_, n) => {
            const answer = await client.callTool({ name: "vault__echo", arguments: { message: `${colour} ${n}` } });
            expect(JSON.parse(textOf(answer))).toEqual({ message: `${colour} ${n}` });
          }),
        ),
      );
      for (const { colour, workspace, upstream } of tenants) {
        const messages = upstream.calls("echo").map(({ arguments: sent }) => String(sent.message));
        expect(messages.length).toBe(40);
        expect(messages.every((message) => message.startsWith(`${colour} `))).toBe(true);
        expect(upstream.seen.every(({ headers }) => headers.authorization === `Bearer ${upstream.secret}`)).toBe(true);
        const rows = await eventually("40 rows", async () => {
          const found = await api.allCalls(workspace.slug);
          return found.length === 40 ? found : null;
        });
        expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set([workspace.member]));
      }
    } finally {
      await Promise.all(tenants.flatMap(({ client, upstream }) => [client.close(), upstream.close()]));
    }
  },
);

test(
  proves("workspace:isolated", "ids and tokens of one workspace mean nothing in another"),
  async ({ api, product, workspace, upstream }) => {
    await workspace.addSecret("vault", upstream);
    const other = await mintWorkspace(api, product);
    expect((await callTool(other.sse, workspace.token, "vault__echo")).status).toBe(404);
    const answer = await callTool(other.sse, other.token, "vault__echo");
    expect(answer.message?.error?.code).toBe(-32602);
    expect(upstream.calls().length).toBe(0);
    for (const path of ["/servers/vault", "/servers/vault/secrets"]) {
      expect((await api.send("GET", `/workspaces/${other.slug}${path}`)).status, path).toBe(404);
    }
    const revoked = await api.send("DELETE", `/workspaces/${other.slug}/tokens/${workspace.tokenId}`);
    expect(revoked.status).toBe(404);
    expect((await callTool(workspace.sse, workspace.token, "vault__echo")).status).toBe(200);
  },
);

test(proves("workspace:isolated", "a session of one token is no use to another"), async ({ workspace, upstream }) => {
  await workspace.addSecret("vault", upstream);
  const client = await connect(workspace.sse, workspace.token, "http");
  const bob = await workspace.issue("Bob");
  const session = (client.transport as { sessionId?: string }).sessionId ?? "";
  expect(session).not.toBe("");
  const stolen = await fetch(workspace.sse, {
    method: "POST",
    headers: {
      authorization: `Bearer ${bob.token}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-session-id": session,
    },
    body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
  });
  expect(stolen.status).toBe(404);
  await client.close();
});
