import { expect, test } from "vitest";
import { safePath } from "./safe-path";

test.each([
  ["/w", "/w"],
  ["/consent/abc?x=1#y", "/consent/abc?x=1#y"],
  ["https://own.test/w/eng", "/w/eng"],
  ["/sign-in?callbackUrl=//evil.test", "/sign-in?callbackUrl=//evil.test"],
  ["/a/../b", "/b"],
])("%s is ours", (text, expected) => expect(safePath(text, "https://own.test")).toBe(expected));

test.each([
  "",
  "w",
  "//evil.test",
  "///evil.test",
  "/\\evil.test",
  "\\\\evil.test",
  "/\t/evil.test",
  "/\n/evil.test",
  " /w",
  "/w\u0000",
  "/\u200b/evil.test",
  "/..//evil.test",
  "/.//evil.test",
  "https://evil.test/",
  "https://own.test.evil.test/",
  "https://own.test@evil.test/",
  "https://own.test//evil.test",
  "https://own.test",
  "javascript:alert(1)",
  `/${"a".repeat(2_000)}`,
  undefined,
  ["/w"],
])("%j is refused", (text) => expect(safePath(text, "https://own.test")).toBeNull());
