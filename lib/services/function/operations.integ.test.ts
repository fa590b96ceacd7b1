import { afterAll, beforeAll, expect, test } from "vitest";
import { egressRecords } from "@/db/schema/egress-records";
import { newId } from "@/lib/ids";
import { listAudit } from "@/lib/services/audit/list";
import type { FunctionEngine, WorkspaceCtx } from "@/lib/services/context";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintDeployment, mintWorkspace } from "@/lib/testing/factories";
import { createFunction } from "./create";
import { getFunction } from "./get";
import { listEgress } from "./list-egress";
import { releaseFunction } from "./release";

let database: TestDatabase;
let ctx: WorkspaceCtx;
let serverId: string;
let sha256: string;
beforeAll(async () => {
  database = await testDatabase();
  ctx = await mintWorkspace({ db: database.db });
  serverId = (await createFunction(ctx, { slug: "f" })).serverId;
  await mintDeployment(ctx, "f");
  sha256 = (await getFunction(ctx, { function: "f" })).active?.sha256 ?? "";
});
afterAll(() => database.close());

test("outbound requests: newest first, by member and call, page by page, never another workspace's", async () => {
  const other = await mintWorkspace({ db: database.db });
  const row = (at: number, more: Partial<typeof egressRecords.$inferInsert> = {}) => ({
    id: newId("egress", at),
    workspaceId: ctx.workspace.id,
    serverId,
    sha256,
    occurredAt: new Date(at),
    memberId: ctx.memberId,
    callId: `call_${at}`,
    method: "GET",
    host: "api.example.com",
    path: `/${at}`,
    status: 200,
    verdict: "ok",
    ms: 1.5,
    ...more,
  });
  await database.db
    .insert(egressRecords)
    .values([
      row(1_000),
      row(2_000, { verdict: "host_not_allowed", status: 0, memberId: null, callId: null }),
      row(3_000, { sha256: "0".repeat(64) }),
      row(4_000, { workspaceId: other.workspace.id, memberId: other.memberId }),
    ]);
  const { requests, nextCursor } = await listEgress(ctx, { function: "f" });
  expect(requests.map(({ path }) => path)).toEqual(["/3000", "/2000", "/1000"]);
  expect(nextCursor).toBeNull();
  expect(requests.at(-1)).toMatchObject({ member: ctx.actor.name, version: 1, call: "call_1000", verdict: "ok" });
  expect(requests.slice(0, 2)).toMatchObject([{ version: null }, { member: null, memberId: null, call: null }]);
  const paths = async (more: object) =>
    (await listEgress(ctx, { function: "f", ...more })).requests.map(({ path }) => path);
  expect(await paths({ call: "call_1000" })).toEqual(["/1000"]);
  expect(await paths({ verdict: "host_not_allowed" })).toEqual(["/2000"]);
  expect(await paths({ member: other.memberId })).toEqual([]);
  const first = await listEgress(ctx, { function: "f", limit: 2 });
  expect(await paths({ cursor: first.nextCursor ?? "" })).toEqual(["/1000"]);
});

test("a paused deployment shows until when, and can be released; the release is audited once", async () => {
  let until: number | null = Date.now() + 60_000;
  const engine = {
    available: () => ({ ok: true }),
    pausedUntil: (of: { dep: string }) => (of.dep === sha256 ? until : null),
    release: () => {
      until = null;
    },
    logs: () => [{ at: 1, level: "system", text: "paused: its process ended twice" }],
  } as unknown as FunctionEngine;
  const here = { ...ctx, functions: engine };
  const paused = await getFunction(here, { function: "f" });
  expect(paused).toMatchObject({ state: "paused", pausedUntil: new Date(until ?? 0).toISOString() });
  expect(await releaseFunction(here, { function: "f" })).toMatchObject({
    pausedUntil: null,
    lines: [{ level: "system", call: null }],
  });
  await releaseFunction(here, { function: "f" });
  expect(await getFunction(here, { function: "f" })).toMatchObject({ state: "live" });
  const { events } = await listAudit(ctx, {});
  expect(events.filter(({ action }) => action === "function.release")).toHaveLength(1);
});
