import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startDeadline } from "./deadline";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

test("time runs out, and only the time that nobody holds", () => {
  const deadline = startDeadline(1_000);
  vi.advanceTimersByTime(400);
  const [first, second] = [deadline.hold(), deadline.hold()];
  vi.advanceTimersByTime(60_000);
  expect(deadline.remaining()).toBe(600);
  first();
  first();
  vi.advanceTimersByTime(60_000);
  expect(deadline.ended).toBeNull();
  second();
  vi.advanceTimersByTime(599);
  expect(deadline.ended).toBeNull();
  vi.advanceTimersByTime(1);
  expect([deadline.ended, deadline.signal.aborted]).toEqual(["timeout", true]);
  expect(deadline.failure(new Error("x"))).toMatchObject({ reason: "timeout" });
});

test("a caller that leaves ends it while it is held, and a released one never rings", () => {
  const caller = new AbortController();
  const deadline = startDeadline(1_000, caller.signal);
  const goOn = deadline.hold();
  caller.abort();
  expect(deadline.ended).toBe("aborted");
  goOn();
  const released = startDeadline(1_000);
  const last = released.hold();
  released.release();
  last();
  vi.advanceTimersByTime(5_000);
  expect(released.ended).toBeNull();
});
