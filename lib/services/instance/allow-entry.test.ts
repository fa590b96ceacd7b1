import { expect, test } from "vitest";
import { isAllowEntry } from "./allow-entry";

test.each([
  "127.0.0.1",
  "127.0.0.1:3001",
  "10.0.0.0/8",
  "10.0.0.0/8:443",
  "::1",
  "[::1]:80",
  "fd00::/8",
  "mcp.internal",
  "box:8080",
])("%s is an entry", (entry) => {
  expect(isAllowEntry(entry)).toBe(true);
});

test.each([
  "",
  "http://x",
  "10.0.0.0/33",
  "1.2.3",
  "127.1",
  "a b",
  "x:0",
  "x:70000",
  "*.corp",
  "a..b",
  "\u0000",
  "[::1",
])("%j is none", (entry) => {
  expect(isAllowEntry(entry)).toBe(false);
});
