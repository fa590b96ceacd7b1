import { expect, test } from "vitest";
import { createAttempts, createCounter } from "./attempts";

const a = { address: "192.0.2.1", account: "ana@example.test" };
const from = (n: number) => ({ ...a, address: `198.51.100.${n}` });

test("ten failures close the door for the rest of the window, for that address at that account only", () => {
  let now = 0;
  const attempts = createAttempts(() => now);
  for (let i = 0; i < 10; i++) {
    attempts.check(a, false);
    attempts.failed(a);
  }
  expect(() => attempts.check(a, true)).toThrow("Try again in 15 min");
  expect(() => attempts.check(from(1), false)).not.toThrow();
  expect(() => attempts.check({ ...a, account: "bo@example.test" }, false)).not.toThrow();
  now = 15 * 60_000;
  expect(() => attempts.check(a, false)).not.toThrow();
});

test("a success forgets the failures", () => {
  const attempts = createAttempts(() => 0);
  for (let i = 0; i < 9; i++) attempts.failed(a);
  attempts.succeeded(a);
  attempts.failed(a);
  expect(() => attempts.check(a, false)).not.toThrow();
});

test("guesses from many addresses come to one a minute; an address that its owner has used is never slowed", () => {
  let now = 0;
  const attempts = createAttempts(() => now);
  let made = 0;
  for (let address = 0; now < 3_600_000; now += 1_000, address++) {
    try {
      attempts.check(from(address), false);
      attempts.failed(from(address));
      made++;
    } catch {}
    expect(() => attempts.check(a, true)).not.toThrow();
  }
  expect(made).toBeLessThan(20 + 60 + 10);
  expect(made).toBeGreaterThan(60);
});

test("the delay ends by itself within a minute, and at once when the owner chose a new password", () => {
  let now = 0;
  const attempts = createAttempts(() => now);
  for (let i = 0; i < 100; i++) attempts.failed(from(i));
  expect(attempts.isSlowed(a.account)).toBe(true);
  expect(() => attempts.check(a, false)).toThrow("Try again in 60 s");
  now = 60_000;
  expect(() => attempts.check(a, false)).not.toThrow();
  attempts.failed(from(1));
  expect(() => attempts.check(a, false)).toThrow();
  attempts.forgive(a.account);
  expect(() => attempts.check(a, false)).not.toThrow();
});

test("a flood of made-up accounts takes a bounded amount of memory", () => {
  const counter = createCounter(() => 0);
  for (let i = 0; i < 10_001; i++) counter.add(String(i));
  expect([counter.read("0"), counter.read("10000")?.count]).toEqual([undefined, 1]);
});
