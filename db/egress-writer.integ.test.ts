import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { EgressRecord } from "@/lib/functions/contract";
import { newId } from "@/lib/ids";
import { createLog } from "@/lib/log";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { createEgressWriter, sweepEgress } from "./egress-writer";
import type { Query } from "./query";
import { egressRecords } from "./schema";

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t?.close());

const lines: string[] = [];
const log = createLog((line) => lines.push(line));
const outgoing = (ws: string, change: Partial<EgressRecord> = {}): EgressRecord => ({
  ...{ ws, ins: "srv_1", dep: "a".repeat(64), rev: 1, at: 1_700_000_000_123, user: "mem_1", call: "call_1" },
  ...{ method: "POST", host: "slack.com", path: "/api/ph_TOKEN", status: 200, verdict: "ok", ms: 12.5 },
  ...change,
});
const rowsOf = (ws: string) => t.db.select().from(egressRecords).where(eq(egressRecords.workspaceId, ws));

test("a record is a row half a second later; what is no call points at none", async () => {
  const ws = newId("workspace");
  const writer = createEgressWriter(t.query, log);
  writer.record(outgoing(ws));
  writer.record(outgoing(ws, { call: "open", user: undefined, verdict: "host_not_allowed", status: 0 }));
  expect(await rowsOf(ws)).toEqual([]);
  const rows = await vi.waitUntil(async () => {
    const found = await rowsOf(ws);
    return found.length === 2 && found;
  });
  const same = { serverId: "srv_1", sha256: "a".repeat(64), method: "POST", host: "slack.com" };
  expect(rows).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...same, callId: "call_1", memberId: "mem_1", status: 200, verdict: "ok", ms: 12.5 }),
      expect.objectContaining({ ...same, callId: null, memberId: null, status: 0, verdict: "host_not_allowed" }),
    ]),
  );
  expect(rows[0]?.occurredAt.getTime()).toBe(1_700_000_000_123);
});

test("a hundred are written at once, and what the database refuses is tried again", async () => {
  const ws = newId("workspace");
  const sizes: number[] = [];
  let down = true;
  const query: Query = async (text, [json] = []) => {
    if (down) throw new Error("away");
    sizes.push((JSON.parse(String(json)) as unknown[]).length);
    return t.query(text, [json]);
  };
  const writer = createEgressWriter(query, log);
  for (let at = 0; at < 250; at++) writer.record(outgoing(ws, { path: "/\0\ud800" }));
  await writer.flush();
  expect(lines.some((line) => line.includes("egress.unrecorded"))).toBe(true);
  expect(await rowsOf(ws)).toEqual([]);
  down = false;
  await writer.flush();
  expect(sizes).toEqual([100, 100, 50]);
  expect(await rowsOf(ws)).toHaveLength(250);
});

test("records go after 30 days", async () => {
  const ws = newId("workspace");
  const now = Date.UTC(2026, 5, 1);
  const writer = createEgressWriter(t.query, log);
  for (const days of [29, 31]) writer.record(outgoing(ws, { at: now - days * 24 * 3_600_000, path: `/${days}` }));
  await writer.flush();
  await sweepEgress(t.query, now);
  expect((await rowsOf(ws)).map(({ path }) => path)).toEqual(["/29"]);
});
