import { parse } from "csv-parse/sync";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEvents } from "@/db/schema/audit-events";
import type { WorkspaceCtx } from "@/lib/services/context";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintCalls, mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { exportCallsCsv } from "./export-csv";
import { listCalls } from "./list";
import type { CallFiltersInput } from "./schemas";

let database: TestDatabase;
let world: World;
/** For what never gets as far as the database. */
let shared: WorkspaceCtx;
beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db };
  shared = await mintWorkspace(world);
});
afterAll(() => database.close());

async function text(ctx: WorkspaceCtx, input: CallFiltersInput = {}): Promise<string> {
  let all = "";
  for await (const chunk of (await exportCallsCsv(ctx, input)).chunks) all += chunk;
  return all;
}
const rowsOf = (csv: string) => parse(csv, { columns: true, record_delimiter: "\r\n" }) as Record<string, string>[];
const at = (iso: string) => new Date(iso);

test("pages go newest first, through all rows once", async () => {
  const ctx = await mintWorkspace(world);
  const start = Date.now() - 100_000;
  const made = await mintCalls(
    ctx,
    Array.from({ length: 7 }, (_, i) => ({ occurredAt: new Date(start + i) })),
  );
  const seen: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listCalls(ctx, { limit: 3, cursor });
    seen.push(...page.calls.map((call) => call.id));
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(made.map((call) => call.id).toReversed());
});

test("each filter picks its rows, for list and export alike", async () => {
  const ctx = await mintWorkspace(world);
  const other = await mintMember(ctx, "member", world);
  await mintCalls(ctx, [
    { tool: "a", server: "x", outcome: "ok", occurredAt: at("2026-01-01T00:00:00.000Z") },
    { tool: "b", server: "x", outcome: "error", occurredAt: at("2026-01-02T00:00:00.000Z") },
    { tool: "c", server: "y", outcome: "denied", occurredAt: at("2026-01-03T00:00:00.000Z") },
  ]);
  await mintCalls(other, [{ tool: "d", server: "y", occurredAt: at("2026-01-04T00:00:00.000Z") }]);
  const cases: [CallFiltersInput, string][] = [
    [{}, "dcba"],
    [{ server: "x" }, "ba"],
    [{ tool: "c" }, "c"],
    [{ outcome: "error" }, "b"],
    [{ member: other.memberId }, "d"],
    [{ from: "2026-01-02T00:00:00Z" }, "dcb"],
    [{ to: "2026-01-02T00:00:00Z" }, "a"],
    [{ from: "2026-01-02", to: "2026-01-04T00:00:00+00:00", server: "y" }, "c"],
    [{ tool: "' or 1=1 --" }, ""],
  ];
  for (const [input, tools] of cases) {
    expect((await listCalls(ctx, input)).calls.map((call) => call.tool).join("")).toBe(tools);
    expect(
      rowsOf(await text(ctx, input))
        .map((row) => row.tool)
        .join(""),
    ).toBe(tools);
  }
});

test.each([
  [{ limit: 0 }, "limit"],
  [{ limit: 201 }, "limit"],
  [{ limit: -1 }, "limit"],
  [{ limit: "1e9" as unknown as number }, "limit"],
  [{ cursor: "\u0000" }, "cursor"],
  [{ from: "2026-13-45" }, "from"],
  [{ to: "x" }, "to"],
  [{ tool: "a\u0000" }, "tool"],
  [{ outcome: "fine" as "ok" }, "outcome"],
  [{ sort: "__proto__" } as object, "sort"],
])("%j is refused by field %s", async (input, field) => {
  await expect(listCalls(shared, input)).rejects.toMatchObject({ code: "invalid", field });
});

test("a plain member sees and exports its own calls only, whatever it asks for", async () => {
  const owner = await mintWorkspace(world);
  const member = await mintMember(owner, "member", world);
  await mintCalls(owner, [{ tool: "hidden" }]);
  await mintCalls(member, [{ tool: "own" }]);
  expect((await listCalls(member)).calls.map((call) => call.tool)).toEqual(["own"]);
  expect((await listCalls(member, { member: owner.memberId })).calls).toEqual([]);
  expect(await text(member)).not.toContain("hidden");
});

test("the file has the published header, also without rows, and every column of a full row", async () => {
  const ctx = await mintWorkspace(world);
  const header =
    "event_id,occurred_at,workspace,actor_id,actor_email,actor_role,token_id,token_prefix,auth_method,client_name,client_version,source_ip,user_agent,session_id,request_id,mcp_method,server,tool,outcome,error_class,error_code,upstream_status,duration_ms,upstream_ms,request_bytes,response_bytes,args_sha256,secrets_used\r\n";
  expect(await text(ctx)).toBe(header);
  const [call] = await mintCalls(ctx, [
    {
      tool: '=HYPERLINK("x")',
      occurredAt: at("2026-02-03T04:05:06.007Z"),
      secretsUsed: ["A", "B"],
      durationMs: 1.5,
      errorCode: -32602,
    },
  ]);
  const csv = await text(ctx);
  expect(csv.startsWith(header)).toBe(true);
  expect(rowsOf(csv)).toMatchObject([
    {
      event_id: call?.id,
      occurred_at: "2026-02-03T04:05:06.007Z",
      workspace: ctx.workspace.slug,
      actor_id: ctx.memberId,
      actor_email: ctx.actor.email,
      auth_method: "token",
      tool: `'=HYPERLINK("x")`,
      error_code: "-32602",
      duration_ms: "1.5",
      secrets_used: "A B",
      client_name: "",
    },
  ]);
});

test("more rows than a page come whole, in order and once; later calls stay out", async () => {
  const ctx = await mintWorkspace(world);
  const start = Date.now() - 1_000_000;
  const made = await mintCalls(
    ctx,
    Array.from({ length: 5_003 }, (_, i) => ({ occurredAt: new Date(start + i) })),
  );
  const { chunks } = await exportCallsCsv(ctx);
  let csv = "";
  for await (const chunk of chunks) {
    if (csv === "") await mintCalls(ctx, [{ tool: "late" }]);
    csv += chunk;
  }
  expect(rowsOf(csv).map((row) => row.event_id)).toEqual(made.map((call) => call.id).toReversed());
});

test("an export is audited with its filters and named safely", async () => {
  const ctx = await mintWorkspace(world);
  const { filename } = await exportCallsCsv(ctx, {
    server: "x",
    from: "2026-01-01T00:00:00Z",
    to: "2026-02-01T00:00:00Z",
  });
  expect(filename).toBe(`calls_${ctx.workspace.slug}_2026-01-01T00-00-00_2026-02-01T00-00-00Z.csv`);
  const where = and(eq(auditEvents.workspaceId, ctx.workspace.id), eq(auditEvents.action, "export.create"));
  expect(await ctx.db.select().from(auditEvents).where(where)).toMatchObject([
    { actorId: ctx.actor.userId, after: { format: "csv", filters: { server: "x", from: "2026-01-01T00:00:00.000Z" } } },
  ]);
});
