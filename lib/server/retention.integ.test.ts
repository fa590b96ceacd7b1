import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { calls, workspaces } from "@/db/schema";
import { advanceRollups } from "@/lib/services/analytics/advance-rollups";
import { callsOverTime } from "@/lib/services/analytics/calls-over-time";
import type { WorkspaceCtx } from "@/lib/services/context";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintCalls, mintWorkspace } from "@/lib/testing/factories";
import { makePartitions, removeExpired } from "./retention";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const DAY_MS = 86_400_000;

test("calls and rollups end with their workspace's term, whole months as partitions; charts and log still agree", async () => {
  const now = Date.parse("2026-11-25T10:00:00Z");
  const at = (days: number) => ({ occurredAt: new Date(now - days * DAY_MS), durationMs: days });
  for (const days of [500, 300, 120]) await makePartitions(database.query, now - days * DAY_MS);
  const workspace = async (days: number): Promise<WorkspaceCtx> => {
    const ctx: WorkspaceCtx = { ...(await mintWorkspace({ db: database.db })), now: () => new Date(now) };
    await database.db.update(workspaces).set({ retentionDays: days }).where(eq(workspaces.id, ctx.workspace.id));
    await mintCalls(ctx, [500, 300, 120, 31, 29.9, 29, 1].map(at));
    return ctx;
  };
  const [short, long, gone] = [await workspace(30), await workspace(350), await workspace(400)];
  await advanceRollups(database.db, now);
  await database.db.delete(workspaces).where(eq(workspaces.id, gone.workspace.id));

  const removed = await removeExpired(database.query, now);
  expect(removed.partitions).toContain("calls_2025_07");
  expect(removed.partitions).not.toContain("calls_2026_01");
  const left = async (ctx: WorkspaceCtx) => database.db.$count(calls, eq(calls.workspaceId, ctx.workspace.id));
  expect([await left(short), await left(long), await left(gone)]).toEqual([3, 6, 3]);
  for (const ctx of [short, long]) {
    const { total } = await callsOverTime(ctx, { from: "2025-06-01" });
    expect(total).toBe(await left(ctx));
    const sums = await database.query<{ n: number }>(
      "SELECT sum(calls)::int AS n FROM call_rollups WHERE workspace_id = $1 AND grain <> 'hour' GROUP BY slice, grain",
      [ctx.workspace.id],
    );
    expect(sums.map(({ n }) => n)).toEqual(Array(10).fill(total));
    const timed = await database.query<{ n: number }>(
      "SELECT sum(c)::int AS n FROM latency_rollups, unnest(total) AS c WHERE workspace_id = $1 AND grain <> 'hour' GROUP BY slice, grain",
      [ctx.workspace.id],
    );
    expect(timed.map(({ n }) => n)).toEqual(Array(8).fill(total));
  }
  const hours = await database.query<{ oldest: Date }>(
    "SELECT min(start) AS oldest FROM call_rollups WHERE grain = 'hour' AND slice <> 'how'",
  );
  expect(hours[0]?.oldest.getTime()).toBeGreaterThan(now - 36 * DAY_MS);
  expect(await removeExpired(database.query, now)).toEqual({ partitions: [], calls: 0, rollups: 0 });
});
