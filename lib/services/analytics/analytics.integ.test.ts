import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { callRollups } from "@/db/schema/call-rollups";
import { calls } from "@/db/schema/calls";
import { BUCKET_BOUNDS, bucketOf, bucketSql } from "@/lib/latency-buckets";
import { exposeName } from "@/lib/mcp/tool-name";
import { listCalls } from "@/lib/services/call/list";
import type { CallFiltersInput } from "@/lib/services/call/schemas";
import type { WorkspaceCtx } from "@/lib/services/context";
import { FILTERS, matching, NOW, type Row, someCall } from "@/lib/testing/arbitrary-calls";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { forgetRollups, mintCalls, mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { advanceRollups } from "./advance-rollups";
import { DAY_MS, HOUR_MS } from "./axis";
import { callsOverTime } from "./calls-over-time";
import { clients } from "./clients";
import { denials } from "./denials";
import { errorsOverTime } from "./errors";
import { heatMap } from "./heat-map";
import { kpis } from "./kpis";
import { latency } from "./latency";
import { DIMENSIONS } from "./schemas";
import { topMembers } from "./top-members";
import { topTools } from "./top-tools";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db };
});
afterAll(() => database.close());
/** Or each test would count all calls of those before it anew. */
const clean = async () => {
  await database.db.delete(calls);
};
beforeEach(clean);

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

test("for any calls, wherever the rollups end and whoever works on them, every chart adds up to the log", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.integer({ min: 9, max: 60 }),
      fc.array(fc.constantFrom(...FILTERS), { minLength: 3, maxLength: 3 }),
      async (seed, stepCalls, asked) => {
        const ctx: WorkspaceCtx = { ...(await mintWorkspace(world)), now: () => NOW };
        const colleague = await mintMember(ctx, "member", world);
        const members = [ctx.memberId, colleague.memberId, "mem_gone"];
        await clean();
        const some =
          fc.sample(fc.array(someCall(members), { minLength: 20, maxLength: 120 }), { numRuns: 1, seed })[0] ?? [];
        const rows = await mintCalls(ctx, some);
        // Some of the way, by three nodes at once; then on, or not at all.
        const partly = NOW.getTime() - (seed % 3) * 9 * DAY_MS;
        await Promise.all([0, 1, 2].map(() => advanceRollups(ctx.db, partly, { stepCalls })));
        await expectSums(ctx, rows, asked);
        await advanceRollups(ctx.db, NOW.getTime());
        await expectSums(ctx, rows, asked);
      },
    ),
    { numRuns: 6 },
  );
}, 60_000);

async function expectSums(ctx: WorkspaceCtx, rows: Row[], asked: CallFiltersInput[]): Promise<void> {
  for (const filters of asked) {
    const expected = matching(rows, filters);
    const calls = expected.length;
    const failed = expected.filter(({ outcome }) => ["error", "tool_error", "denied"].includes(outcome));
    const tile = await kpis(ctx, filters);
    expect([tile.calls.now, tile.errors.now], JSON.stringify(filters)).toEqual([calls, failed.length]);
    expect(tile.activeMembers.now).toBe(new Set(expected.map(({ memberId }) => memberId)).size);
    for (const by of DIMENSIONS) {
      const chart = await callsOverTime(ctx, { ...filters, by });
      expect(sum(chart.series.flatMap(({ values }) => values))).toBe(calls);
      expect(chart.total).toBe(calls);
      for (const one of chart.series.filter(({ rest }) => !rest))
        expect(one.total).toBe(countOf(expected, by, one.key));
    }
    const errors = await errorsOverTime(ctx, filters);
    expect([sum(errors.calls), sum(errors.series.map(({ total }) => total))]).toEqual([calls, failed.length]);
    const refused = failed.filter(({ outcome }) => outcome === "denied").length;
    expect(sum((await denials(ctx, filters)).series.map(({ total }) => total))).toBe(refused);
    const tools = await topTools(ctx, filters);
    expect(sum(tools.tools.map((tool) => tool.calls)) + tools.rest.calls).toBe(calls);
    expect(sum(tools.tools.map((tool) => tool.errors)) + tools.rest.errors).toBe(failed.length);
    const people = await topMembers(ctx, filters);
    expect(sum(people.members.map((member) => sum(member.spark))) + people.rest.calls).toBe(calls);
    for (const { memberId, tools: different } of people.members) {
      const own = expected.filter((row) => row.memberId === memberId);
      expect(different).toBe(new Set(own.map(({ server, tool }) => `${server} ${tool}`)).size);
    }
    const apps = await clients(ctx, filters);
    expect(sum(apps.clients.map((client) => client.calls)) + apps.rest.calls).toBe(calls);
    if (filters.range !== "30d" && filters.range !== "365d" && !filters.to)
      expect((await heatMap(ctx, filters)).total).toBe(calls);
    const timed = await latency(ctx, filters);
    expect(timed.sampled).toBeNull();
    expect(tile.p95.now, "by weeks as by steps").toBe(timed.overall.total.p95);
    if (timed.axis.step === "hour")
      expect(timed.overall.total.p95 === null).toBe(expected.every(({ durationMs }) => durationMs == null));
    const listed = await listCalls(ctx, {
      ...filters,
      ...(!filters.range && !filters.from && !filters.to && { range: "7d" }),
      limit: 200,
    });
    expect(listed.calls.map(({ id }) => id)).toEqual(
      expected
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
  }
}

function countOf(rows: Row[], by: (typeof DIMENSIONS)[number], key: string): number {
  return rows.filter((row) => {
    if (by === "tool") return (row.server ? exposeName(row.server, row.tool) : row.tool) === key;
    if (by === "client") return (row.clientName ?? "") === key;
    return { member: row.memberId, server: row.server, outcome: row.outcome }[by] === key;
  }).length;
}

test("a crash between two steps loses and doubles nothing", async () => {
  const ctx: WorkspaceCtx = { ...(await mintWorkspace(world)), now: () => NOW };
  await mintCalls(
    ctx,
    Array.from({ length: 50 }, (_, i) => ({ occurredAt: new Date(NOW.getTime() - (i + 10) * 60_000), durationMs: i })),
  );
  // The state cannot be written, so the step's transaction ends as it would with its node.
  await database.query(`CREATE OR REPLACE FUNCTION fail_rollups() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF NEW.up_to > OLD.up_to AND random() < 0.5 THEN RAISE EXCEPTION 'killed'; END IF; RETURN NEW; END $$`);
  await database.query(
    "CREATE TRIGGER fail BEFORE UPDATE ON rollup_state FOR EACH ROW EXECUTE FUNCTION fail_rollups()",
  );
  let crashes = 0;
  for (let done = false; !done; )
    done = await advanceRollups(ctx.db, NOW.getTime(), { stepCalls: 4 }).then(
      (advance) => advance.done,
      () => {
        crashes++;
        return false;
      },
    );
  await database.query("DROP TRIGGER fail ON rollup_state");
  expect(crashes).toBeGreaterThan(0);
  const counted = await database.query<{ slice: string; grain: string; n: number }>(
    "SELECT slice, grain, sum(calls)::int AS n FROM call_rollups WHERE workspace_id = $1 GROUP BY 1, 2",
    [ctx.workspace.id],
  );
  expect(counted).toHaveLength(14);
  expect(counted.every(({ n }) => n === 50)).toBe(true);
  const timed = await database.query<{ slice: string; grain: string; n: number }>(
    "SELECT slice, grain, sum(c)::int AS n FROM latency_rollups, unnest(total) AS c WHERE workspace_id = $1 GROUP BY 1, 2",
    [ctx.workspace.id],
  );
  expect(timed).toHaveLength(12);
  expect(timed.every(({ n }) => n === 50)).toBe(true);
});

test("the SQL bucket of a duration is the one of the code, at and between the bounds", async () => {
  const near = BUCKET_BOUNDS.flatMap((bound) => [bound, bound * (1 - Number.EPSILON), bound * (1 + Number.EPSILON)]);
  const some = fc.sample(fc.double({ min: -1, max: 500_000 }), 300);
  const all = [...near, ...some, 0, -3, Number.NaN].map(String);
  const rows = await database.query<{ ms: string; bucket: number }>(
    `SELECT x AS ms, ${bucketSql("x::float8")} AS bucket FROM json_array_elements_text($1::json) AS x`,
    [JSON.stringify(all)],
  );
  expect(rows).toHaveLength(all.length);
  for (const { ms, bucket } of rows) expect([ms, bucket]).toEqual([ms, bucketOf(Number(ms))]);
});

test("the first success of a member is noted once", async () => {
  const ctx: WorkspaceCtx = { ...(await mintWorkspace(world)), now: () => NOW };
  const at = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
  await mintCalls(ctx, [{ occurredAt: at(60), outcome: "denied" }, { occurredAt: at(50) }, { occurredAt: at(40) }]);
  await advanceRollups(ctx.db, NOW.getTime(), { stepCalls: 2 });
  const [row] = await database.query<{ at: Date }>("SELECT first_call_at AS at FROM members WHERE id = $1", [
    ctx.memberId,
  ]);
  expect(row?.at).toEqual(at(50));
});

test("a member sees own use only, an auditor everyone's", async () => {
  const owner: WorkspaceCtx = { ...(await mintWorkspace(world)), now: () => NOW };
  const member: WorkspaceCtx = { ...(await mintMember(owner, "member", world)), now: () => NOW };
  const auditor: WorkspaceCtx = { ...(await mintMember(owner, "auditor", world)), now: () => NOW };
  const occurredAt = new Date(NOW.getTime() - HOUR_MS);
  await mintCalls(owner, [{ occurredAt, tool: "hidden", clientName: "secret-client" }, { occurredAt }]);
  await mintCalls(member, [{ occurredAt, tool: "own" }]);
  for (const input of [{}, { member: owner.memberId }]) {
    const seen = [
      await kpis(member, input),
      await callsOverTime(member, { ...input, by: "tool" }),
      await topTools(member, input),
      await topMembers(member, input),
      await clients(member, input),
    ];
    expect(JSON.stringify(seen)).not.toMatch(/hidden|secret-client/);
    expect((await kpis(member, input)).calls.now).toBe(1);
  }
  expect((await kpis(auditor)).calls.now).toBe(3);
  expect((await kpis(auditor, { member: owner.memberId })).calls.now).toBe(2);
});

test.each([
  [{ from: "2031-01-01" }, "from"],
  [{ from: "2026-11-02", to: "2026-11-01" }, "to"],
  [{ from: "2011-01-01" }, "from"],
  [{ from: "0001-01-01", to: "0001-01-02", range: "7d" }, "range"],
  [{ from: "2026-02-30" }, "from"],
  [{ range: "3d" as "7d" }, "range"],
  [{ outcome: "fine" as "ok" }, "outcome"],
] satisfies [CallFiltersInput, string][])("%j is refused by field %s", async (input, field) => {
  const ctx: WorkspaceCtx = { ...(await mintWorkspace(world)), now: () => NOW };
  await expect(kpis(ctx, input)).rejects.toMatchObject({ code: "invalid", field });
});

test("the heat map is in the reader's zone, and refuses one that nobody knows", async () => {
  const ctx: WorkspaceCtx = { ...(await mintWorkspace(world)), now: () => NOW };
  await mintCalls(ctx, [{ occurredAt: new Date("2026-11-22T23:30:00Z") }]); // a Sunday, in Berlin already Monday
  const cell = async (zone: string) => {
    const { cells } = await heatMap(ctx, { zone });
    const day = cells.findIndex((row) => sum(row) > 0);
    return [day, cells[day]?.indexOf(1)];
  };
  expect(await cell("UTC")).toEqual([6, 23]);
  expect(await cell("Europe/Berlin")).toEqual([0, 0]);
  expect(await cell("America/Los_Angeles")).toEqual([6, 15]);
  for (const zone of ["Mars/Olympus", "", "'; drop", "\u0000"])
    await expect(heatMap(ctx, { zone })).rejects.toMatchObject({ code: "invalid", field: "zone" });
});

test("past eight, series are one, and a server called like it stays apart", async () => {
  const ctx: WorkspaceCtx = { ...(await mintWorkspace(world)), now: () => NOW };
  const occurredAt = new Date(NOW.getTime() - HOUR_MS);
  const names = ["other", ...Array.from({ length: 11 }, (_, i) => `s${i}`)];
  await mintCalls(
    ctx,
    names.flatMap((server, i) => Array.from({ length: 20 - i }, () => ({ occurredAt, server }))),
  );
  await advanceRollups(ctx.db, NOW.getTime());
  expect(
    await ctx.db.$count(callRollups, sql`slice = 'what' and grain = 'hour' and workspace_id = ${ctx.workspace.id}`),
  ).toBe(12);
  const { series, total } = await callsOverTime(ctx, { by: "server" });
  expect(series).toHaveLength(9);
  expect(series[0]).toMatchObject({ key: "other", rest: false, total: 20 });
  expect(series[8]).toMatchObject({ key: "other", label: "Other", rest: true });
  expect(sum(series.map((one) => one.total))).toBe(total);
  await forgetRollups(ctx.db);
});
