import { expect, test } from "vitest";
import { redirectHost, redirectKind } from "./redirect-uri";

test.each([
  ["https://claude.ai/api/mcp/auth_callback", "web", "claude.ai"],
  ["http://127.0.0.1:19876/mcp/oauth/callback", "loopback", "127.0.0.1:19876"],
  ["http://localhost:3334/oauth/callback", "loopback", "localhost:3334"],
  ["http://[::1]:1/cb", "loopback", "[::1]:1"],
  ["cursor://anysphere.cursor-mcp/oauth/callback", "app", "cursor://anysphere.cursor-mcp"],
  ["com.example.app:/cb", "app", "com.example.app:"],
])("%s is a %s address at %s", (uri, kind, host) => {
  expect(redirectKind(uri)).toBe(kind);
  expect(redirectHost(uri)).toBe(host);
});

test.each([
  "javascript:alert(1)",
  "JavaScript:alert(1)",
  "data:text/html,x",
  "vbscript:x",
  "file:///etc/passwd",
  "blob:https://a.test/x",
  "ms-msdt:/id",
  "http://evil.example/cb",
  "http://localhost.evil.example/cb",
  "http://127.0.0.1@evil.example/cb",
  "https://claude.ai@evil.example/cb",
  "https://localhost/cb",
  "https://a.test/cb#x",
  "https://a.test/c b",
  "https://a.test/\u0000",
  "https://\u0430.test/cb",
  "/relative",
  "",
  `https://a.test/${"x".repeat(2_048)}`,
])("%s is refused", (uri) => expect(redirectKind(uri)).toBeNull());
