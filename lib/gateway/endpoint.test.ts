import { expect, test } from "vitest";
import { endpointOf } from "./endpoint";

test.each([
  ["/ws/acme/sse", { slug: "acme", name: "sse", server: null }],
  ["/ws/acme/mcp", { slug: "acme", name: "mcp", server: null }],
  ["/ws/acme/s/github/mcp", { slug: "acme", name: "server", server: "github" }],
  ["/ws/acme/s/a-1/mcp", { slug: "acme", name: "server", server: "a-1" }],
])("%s is an endpoint", (pathname, endpoint) => {
  expect(endpointOf(pathname)).toEqual({ ...endpoint, pathname });
});

test.each([
  "/ws/acme",
  "/ws/acme/sse/",
  "/ws/Acme/sse",
  "/ws/api/sse",
  "/ws/acme/s/github/sse",
  "/ws/acme/s/GitHub/mcp",
  "/ws/acme/s/git__hub/mcp",
  "/ws/acme/s//mcp",
  "/ws/acme/s/-a/mcp",
  "/ws/acme/s/a-/mcp",
  "/ws/acme/s/%61/mcp",
  "/ws/acme/s/abcdefghijklmnopq/mcp",
  "/ws/acme/s/a/b/mcp",
])("%s is none", (pathname) => {
  expect(endpointOf(pathname)).toBeNull();
});
