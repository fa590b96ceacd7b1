import { expect, test } from "vitest";
import { createGate } from "./gate";
import { createLogRings } from "./log-rings";
import { createQuarantine } from "./quarantine";

test("two strikes pause, half strikes count half, a pause grows and ends", () => {
  let now = 0;
  const quarantine = createQuarantine(() => now);
  expect(quarantine.blame(["a"])).toEqual([]);
  expect(quarantine.blame(["a", "b"])).toEqual([]);
  expect(quarantine.blame(["a", "b"])).toEqual(["a"]);
  expect(quarantine.pausedUntil("a")).toBe(300_000);
  expect(quarantine.pausedUntil("b")).toBeNull();
  now = 300_001;
  expect(quarantine.pausedUntil("a")).toBeNull();
  quarantine.blame(["a"]);
  expect(quarantine.blame(["a", "a"])).toEqual(["a"]);
  expect(quarantine.pausedUntil("a")).toBe(now + 600_000);
  quarantine.release("a");
  expect(quarantine.pausedUntil("a")).toBeNull();
});

test("an old strike is forgotten", () => {
  let now = 0;
  const quarantine = createQuarantine(() => now);
  quarantine.blame(["a"]);
  now = 11 * 60_000;
  expect(quarantine.blame(["a"])).toEqual([]);
});

test("a gate lets so many in, keeps the order, and forgets who gave up", async () => {
  const gate = createGate(2);
  const never = new AbortController().signal;
  const leave = await gate.enter("k", 1, never);
  const order: string[] = [];
  const gone = new AbortController();
  const first = gate.enter("k", 1, gone.signal).then((out) => order.push(out ? "first" : "first gave up"));
  const second = gate.enter("k", 1, never).then((out) => {
    order.push("second");
    out?.();
  });
  expect(await gate.enter("k", 1, never)).toBeNull();
  gone.abort();
  await first;
  leave?.();
  leave?.();
  await second;
  expect(order).toEqual(["first gave up", "second"]);
  expect(await gate.enter("k", 1, never)).not.toBeNull();
});

test("a log ring is bounded in lines, characters and lines a second", () => {
  let now = 0;
  const rings = createLogRings(() => now);
  const line = (text: string) => ({ at: now, level: "log" as const, text });
  rings.add(
    "a",
    Array.from({ length: 500 }, (_, at) => line(String(at))),
  );
  expect(rings.last("a")).toHaveLength(201);
  expect(rings.last("a").at(-1)).toMatchObject({ level: "system" });
  for (let second = 1; second < 20; second++) {
    now = second * 1_000;
    rings.add(
      "a",
      Array.from({ length: 100 }, () => line("x".repeat(1_000))),
    );
  }
  expect(rings.last("a").length).toBeLessThanOrEqual(200);
});
