import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { sqlOf } from "./client-state";
import { backendMessage, framesOf } from "./protocol";
import type { EmbeddedSession } from "./session";
import { startUpkeep } from "./upkeep";

const MIB = 1 << 20;

/** A session that has written `bytes` of log, and notes what it is told. */
function fake() {
  const state = { bytes: 0, told: [] as string[] };
  const session = {
    waiting: 0,
    acquire: async () => () => {},
    exec: (message: Uint8Array) => {
      const text = framesOf(Buffer.from(message)).map(sqlOf).join();
      if (!text.startsWith("SELECT")) state.told.push(text);
      const value = Buffer.from(String(state.bytes));
      return backendMessage("D", Buffer.from([0, 1]), value.length, value);
    },
  };
  return { state, session };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("checkpoints and sweeps as the log grows, and only when nobody waits", async () => {
  const { state, session } = fake();
  const stop = startUpkeep(session as unknown as EmbeddedSession);
  const look = () => vi.advanceTimersByTimeAsync(15_000);
  await look();
  expect(state.told).toEqual([]);
  state.bytes = 40 * MIB;
  session.waiting = 1;
  await look();
  expect(state.told).toEqual([]);
  session.waiting = 0;
  await look();
  expect(state.told).toEqual(["CHECKPOINT"]);
  await look();
  expect(state.told).toEqual(["CHECKPOINT"]);
  state.bytes = 200 * MIB;
  await look();
  expect(state.told).toEqual(["CHECKPOINT", "CHECKPOINT", "VACUUM (ANALYZE)"]);
  stop();
  state.bytes = 900 * MIB;
  await look();
  expect(state.told).toHaveLength(3);
});
