import { expect, test } from "vitest";
import { createAttempts } from "./attempts";

test("ten failures close the door for the rest of the window, for that key only", () => {
  let now = 0;
  const attempts = createAttempts(() => now);
  for (let i = 0; i < 10; i++) {
    attempts.check("a");
    attempts.failed("a");
  }
  expect(() => attempts.check("a")).toThrow("Try again in 15 min");
  expect(() => attempts.check("b")).not.toThrow();
  now = 15 * 60_000;
  expect(() => attempts.check("a")).not.toThrow();
});

test("a success forgets the failures", () => {
  const attempts = createAttempts(() => 0);
  for (let i = 0; i < 9; i++) attempts.failed("a");
  attempts.succeeded("a");
  attempts.failed("a");
  expect(() => attempts.check("a")).not.toThrow();
});
