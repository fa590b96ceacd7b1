import { expect, test } from "vitest";
import { CallLog } from "./call-log";
import type { CallIntent, CallOutcome, CallWriter } from "./ports";

const intent = (id: string) => ({ id, workspaceId: "ws_1" }) as CallIntent;
const outcome = (id: string) => ({ id, workspaceId: "ws_1", outcome: "ok" }) as CallOutcome;

function recorder(delayMs = 0, fail: () => boolean = () => false) {
  const batches: Parameters<CallWriter>[0][] = [];
  const log = new CallLog(
    async (batch) => {
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      if (fail()) throw new Error("down");
      batches.push(batch);
    },
    () => undefined,
  );
  return { log, batches };
}

test("what arrives during a write is committed together by the next one", async () => {
  const { log, batches } = recorder(5);
  await Promise.all(Array.from({ length: 50 }, (_, n) => log.commit(intent(`call_${n}`))));
  expect(batches.map((batch) => batch.intents.length)).toEqual([1, 49]);
});

test("an intent that fails to commit rejects, and the next one may succeed", async () => {
  let down = true;
  const { log, batches } = recorder(0, () => down);
  await expect(log.commit(intent("call_1"))).rejects.toThrow("down");
  down = false;
  await log.commit(intent("call_2"));
  expect(batches.flatMap((batch) => batch.intents.map((row) => row.id))).toEqual(["call_2"]);
});

test("outcomes survive a failed write and are written after it, each once", async () => {
  let down = true;
  const { log, batches } = recorder(0, () => down);
  log.settle(outcome("call_1"));
  await new Promise((resolve) => setTimeout(resolve, 120));
  down = false;
  log.settle(outcome("call_2"));
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(batches.flatMap((batch) => batch.outcomes.map((row) => row.id))).toEqual(["call_1", "call_2"]);
});

test("flush writes all that waits and gives up on a database that stays down", async () => {
  const { log, batches } = recorder();
  log.settle(outcome("call_1"));
  await log.flush();
  expect(batches).toHaveLength(1);
  const dead = recorder(0, () => true);
  dead.log.settle(outcome("call_2"));
  await dead.log.flush();
  expect(dead.batches).toEqual([]);
});
