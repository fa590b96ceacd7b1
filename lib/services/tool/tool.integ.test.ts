import { afterAll, beforeAll, expect, test } from "vitest";
import { serverTools } from "@/db/schema/server-tools";
import { servers } from "@/db/schema/servers";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintWorkspace } from "@/lib/testing/factories";
import { listTools } from "./list";
import { listToolArguments } from "./list-arguments";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function scene() {
  const ctx = await mintWorkspace({ db: database.db });
  const workspaceId = ctx.workspace.id;
  const server = (slug: string, enabled: boolean) => ({
    id: `srv_${slug}${workspaceId.slice(3)}`,
    workspaceId,
    slug,
    name: slug,
    kind: "proxy" as const,
    url: `https://${slug}.example/mcp`,
    transport: "streamable-http" as const,
    enabled,
  });
  const on = server("github", true);
  await database.db.insert(servers).values([on, server("off", false), server("bare", true)]);
  const tool = (name: string, enabled: boolean, definition: object | string) => ({
    serverId: on.id,
    workspaceId,
    name,
    enabled,
    definition: typeof definition === "string" ? definition : JSON.stringify(definition),
  });
  await database.db
    .insert(serverTools)
    .values([
      tool("create", true, { name: "create", inputSchema: { properties: { repo: { type: "string" } } } }),
      tool("list", true, { name: "list", annotations: { readOnlyHint: true } }),
      tool("gone", false, { name: "gone" }),
      tool("broken", true, "{"),
    ]);
  return ctx;
}

test("lists what is on, and says what only reads", async () => {
  const ctx = await scene();
  const found = (await listTools(ctx)).map(({ slug, tools }) => [slug, tools.map((t) => [t.name, t.readOnly])]);
  expect(found).toEqual([
    ["bare", []],
    [
      "github",
      [
        ["broken", false],
        ["create", false],
        ["list", true],
      ],
    ],
  ]);
});

test("the arguments of a tool, for who may make rules; foreign ones are not found", async () => {
  const ctx = await scene();
  expect(await listToolArguments(ctx, { server: "github", tool: "create" })).toMatchObject([{ path: ["repo"] }]);
  expect(await listToolArguments(ctx, { server: "github", tool: "broken" })).toEqual([]);
  await expect(listToolArguments(ctx, { server: "github", tool: "none" })).rejects.toMatchObject({ code: "not_found" });
  await expect(
    listToolArguments({ ...ctx, role: "member" }, { server: "github", tool: "create" }),
  ).rejects.toMatchObject({ code: "forbidden" });
  const other = await scene();
  const [, foreign] = await listTools(other);
  await expect(listToolArguments(ctx, { server: foreign?.id ?? "", tool: "create" })).rejects.toMatchObject({
    code: "not_found",
  });
});
