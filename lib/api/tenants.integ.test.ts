import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApiKey } from "@/lib/services/api-key/create";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { createFunction } from "@/lib/services/function/create";
import { addServer } from "@/lib/services/server/add";
import { createToken } from "@/lib/services/token/create";
import { apiHandler } from "@/lib/testing/api-server";
import { arbitraryInput } from "@/lib/testing/arbitrary-input";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintCalls, mintDeployment, mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { guardedUpstream, toolText } from "@/lib/testing/guarded-upstream";
import type { Operation } from "./operation";
import { ROUTES } from "./routes";

const UNKNOWN = "t-nothing-is-here";

interface Tenant {
  ctx: WorkspaceCtx;
  /** API key of its owner. */
  key: string;
  /** All by which its rows could be known: ids, slug, names, addresses. */
  marks: string[];
}
let database: TestDatabase;
let world: World;
let victim: Tenant;
let attacker: Tenant;

async function tenant(mark: string): Promise<Tenant> {
  const ctx = await mintWorkspace(world);
  const { server } = await addServer(ctx, {
    slug: `s-${mark}`,
    url: `https://${mark}.example.com/mcp`,
    headers: [{ name: "X-Key", template: "{{KEY}}" }],
    secrets: { KEY: `canary-${mark}` },
  });
  const member = await mintMember(ctx, "member", world);
  const token = await createToken(ctx, { name: `Person ${mark}`, memberId: member.memberId });
  await mintCalls(ctx, [{ tool: `tool-${mark}` }]);
  const hosted = await createFunction(ctx, { slug: `f-${mark}` });
  const deployment = await mintDeployment(ctx, hosted.slug, { note: `note-${mark}` });
  const { key } = await createApiKey(ctx, { name: mark });
  // A key's use is noted once a minute; that statement would be counted for whichever request came first.
  await database.query("UPDATE api_keys SET last_used_at = now() + interval '1 day'");
  // Its first use writes the time of use, one statement more than any later one.
  await apiHandler(ctx)(
    new Request("https://gateway.example/api/v1/me", { headers: { authorization: `Bearer ${key}` } }),
  );
  const { workspace, memberId, actor } = ctx;
  const functions = [hosted.id, hosted.serverId, deployment];
  const people = [memberId, member.memberId, actor.userId, actor.email];
  const ids = [workspace.id, workspace.slug, ...people, server.id, token.id, ...functions];
  const names = [
    `s-${mark}`,
    `f-${mark}`,
    `note-${mark}`,
    `tool-${mark}`,
    `Person ${mark}`,
    `${mark}.example.com`,
    `canary-${mark}`,
  ];
  return { ctx, key, marks: [...ids, ...names].filter((text): text is string => text !== null) };
}

beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db, transport: guardedUpstream([toolText("echo")]).transport };
  victim = await tenant(`v${crypto.randomUUID().slice(0, 8)}`);
});
afterAll(() => database.close());

/** Every row of the victim in every table that has a workspace. */
async function rowsOfVictim(): Promise<unknown> {
  const tables = await database.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'workspace_id' AND table_schema = 'public' ORDER BY 1",
  );
  expect(tables.length).toBeGreaterThan(5);
  const found = [];
  for (const { name } of tables)
    found.push(
      await database.query(
        `SELECT to_jsonb(t) AS row FROM "${name}" t WHERE workspace_id = $1 ORDER BY to_jsonb(t)::text`,
        [victim.ctx.workspace.id],
      ),
    );
  return [
    found,
    await database.query("SELECT to_jsonb(w) AS row FROM workspaces w WHERE id = $1", [victim.ctx.workspace.id]),
  ];
}

/** Counts statements, the part of the time that could tell foreign from unknown. */
function counting(db: Db): { db: Db; count(): number } {
  let count = 0;
  const proxy = new Proxy(db, {
    get(target, property, receiver) {
      if (["select", "insert", "update", "delete", "execute", "transaction"].includes(String(property))) count++;
      return Reflect.get(target, property, receiver);
    },
  });
  return { db: proxy, count: () => count };
}

interface Answer {
  status: number;
  /** Without what each request has of its own. */
  text: string;
  statements: number;
}

/** What the attacker's key gets for an operation, its path filled from the input and the slug. */
async function attack(operation: Operation, slug: string, input: Record<string, unknown>): Promise<Answer> {
  const rest = { ...input };
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = name === "workspace" ? slug : String(rest[name] ?? "word");
    delete rest[name];
    return encodeURIComponent(value);
  });
  const withBody = operation.method !== "GET";
  const query = withBody
    ? ""
    : `?${new URLSearchParams(Object.entries(rest).map(([name, value]) => [name, String(value)]))}`;
  const { db, count } = counting(database.db);
  const response = await apiHandler({ ...attacker.ctx, db })(
    new Request(`https://gateway.example/api/v1${path}${query}`, {
      method: operation.method,
      headers: { authorization: `Bearer ${attacker.key}`, ...(withBody && { "content-type": "application/json" }) },
      body: withBody ? JSON.stringify(rest) : undefined,
    }),
  );
  const text = (await response.text()).replaceAll(/"requestId":"[^"]+"/g, '""');
  return { status: response.status, text, statements: count() };
}

const title = ({ method, path }: Operation) => `${method} ${path}`;
const inputs = (operation: Operation) => arbitraryInput(operation.input, victim.marks);

describe("as the owner of another workspace, whatever is sent", () => {
  test.each(ROUTES.map((operation) => [title(operation), operation] as const))("%s", async (_, operation) => {
    // A new one each time: what an earlier attack said is now in that attacker's own rows.
    attacker = await tenant(`a${crypto.randomUUID().slice(0, 8)}`);
    let said = "";
    const before = await rowsOfVictim();
    const inWorkspace = operation.path.startsWith("/workspaces/{workspace}");
    await fc.assert(
      fc.asyncProperty(inputs(operation), async (input) => {
        if (inWorkspace) {
          const foreign = await attack(operation, victim.ctx.workspace.slug, input);
          expect(foreign).toEqual(await attack(operation, UNKNOWN, input));
          expect(foreign.status).toBe(404);
        }
        // Deleting or renaming the attacker's own workspace is their right, and would end the test.
        if (operation.path === "/workspaces/{workspace}" && operation.method !== "GET") return;
        if (operation.method === "DELETE" && operation.path.startsWith("/api-keys")) return;
        said += JSON.stringify(input);
        const own = await attack(operation, attacker.ctx.workspace.slug, input);
        if (own.status !== 503) expect(own.status).toBeLessThan(500); // 503: this test has no engine for functions
        for (const mark of victim.marks) if (!said.includes(mark)) expect(own.text).not.toContain(mark);
      }),
      { numRuns: 10 },
    );
    expect(await rowsOfVictim()).toEqual(before);
  });
});
