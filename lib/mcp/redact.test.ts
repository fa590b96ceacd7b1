import { expect, test } from "vitest";
import { redactor } from "./redact";

const redact = redactor(['sk_live "42"', "short", "sk_live"]);

test("a secret is taken out in every spelling of a JSON answer", () => {
  const spellings = ['sk_live "42"', 'sk_live \\"42\\"', btoa('sk_live "42"'), encodeURIComponent('sk_live "42"')];
  for (const spelling of spellings) expect(redact(`x ${spelling} y`)).not.toMatch(/sk_live|42|c2tf/);
});

test("a value inside another leaves no rest", () => {
  expect(redact('sk_live "42"')).toBe("[redacted]");
});

test("short values and other text stay", () => {
  expect(redact("a short text")).toBe("a short text");
});
