import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { servers } from "@/db/schema/servers";
import { createUndiciTransport } from "@/lib/egress/undici-transport";
import { handshake, json, startFixture } from "@/lib/mcp/testing/fixture-server";
import { startNewServer, startOldServer } from "@/lib/mcp/testing/sdk-servers";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintWorkspace } from "@/lib/testing/factories";
import { addServer } from "./add";
import { updateServer } from "./update";

const PRIVATE = { allowPrivate: ["127.0.0.1"], ownHosts: [] };
const transport = createUndiciTransport(() => PRIVATE);
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await transport.close();
  await database.close();
});

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const world = () => mintWorkspace({ db: database.db, transport, allowPrivate: PRIVATE.allowPrivate });

test("a test finds out transport and revision of real servers and stores what they can do", async () => {
  const ctx = await world();
  const [modern, old, sse] = [
    await startNewServer(true),
    await startOldServer("streamable-http"),
    await startOldServer("sse"),
  ];
  open.push(modern, old, sse);
  const rowOf = async (slug: string) => {
    const [row] = await ctx.db.select().from(servers).where(eq(servers.slug, slug));
    return row;
  };
  const added = await addServer(ctx, { slug: "modern", url: modern.url });
  expect(added.probe).toMatchObject({ ok: true, protocolVersion: "2026-07-28", serverName: "new" });
  expect(added.changes.added).toContain("routed");
  await addServer(ctx, { slug: "old", url: old.url });
  await addServer(ctx, { slug: "sse", url: sse.url });
  expect(await rowOf("modern")).toMatchObject({
    transport: "streamable-http",
    protocolVersion: "2026-07-28",
    capabilities: { prompts: { listChanged: true }, resources: { subscribe: true } },
  });
  expect(await rowOf("old")).toMatchObject({
    transport: "streamable-http",
    protocolVersion: "2025-11-25",
    capabilities: { logging: {}, resources: { subscribe: true } },
  });
  expect(await rowOf("sse")).toMatchObject({ transport: "sse", protocolVersion: "2025-11-25" });
  await updateServer(ctx, { server: "old", url: modern.url });
  expect(await rowOf("old")).toMatchObject({ protocolVersion: "2026-07-28" });
});

test("capabilities hold no secret that the server echoes, and nothing that the database refuses", async () => {
  const ctx = await world();
  const KEY = "canary-77aa01";
  const echo = await startFixture((each) => {
    const { id, method } = each.message;
    const capabilities = { tools: {}, experimental: { said: String(each.req.headers.authorization) } };
    if (method === "initialize")
      json(each.res, 200, { jsonrpc: "2.0", id, result: { protocolVersion: "2025-11-25", capabilities } });
    else if (!handshake(each)) json(each.res, 200, { jsonrpc: "2.0", id, result: { tools: [] } });
  });
  const odd = await startFixture((each) => {
    const { id, method } = each.message;
    const result =
      method === "initialize" ? '{"protocolVersion":"2025-11-25","capabilities":{"x":"a\\\\u0000b"}}' : null;
    if (result) json(each.res, 200, `{"jsonrpc":"2.0","id":${id},"result":${result}}`);
    else if (!handshake(each)) json(each.res, 404, {});
  });
  open.push(echo, odd);
  const headers = [{ name: "Authorization", template: "Bearer {{API_KEY}}" }];
  await addServer(ctx, { slug: "echo", url: echo.url, headers, secrets: { API_KEY: KEY } });
  await addServer(ctx, { slug: "odd", url: odd.url });
  const rows = await ctx.db.select().from(servers).where(eq(servers.workspaceId, ctx.workspace.id));
  expect(JSON.stringify(rows)).not.toContain(KEY);
  expect(rows.find(({ slug }) => slug === "echo")?.capabilities).toMatchObject({ tools: {} });
  expect(rows.find(({ slug }) => slug === "odd")?.capabilities).toEqual({});
});
