import { expect, test } from "vitest";
import { createRateLimit } from "./rate-limit";

test("so often in a window, for that address only", () => {
  let now = 0;
  const allow = createRateLimit(2, 1_000, () => now);
  expect([allow("192.0.2.1"), allow("192.0.2.1"), allow("192.0.2.1"), allow("192.0.2.2")]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  now = 1_000;
  expect(allow("192.0.2.1")).toBe(true);
});

test("one IPv6 network is one address, and a mapped IPv4 is that IPv4", () => {
  const allow = createRateLimit(1, 1_000, () => 0);
  expect([allow("2001:db8::1"), allow("2001:db8::ffff"), allow("2001:db8:1::1")]).toEqual([true, false, true]);
  expect([allow("::ffff:192.0.2.1"), allow("192.0.2.1"), allow(null), allow("x")]).toEqual([true, false, true, false]);
});
