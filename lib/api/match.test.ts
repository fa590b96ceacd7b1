import { describe, expect, test } from "vitest";
import { match } from "./match";
import { ROUTES } from "./routes";

const found = (method: string, path: string) => {
  const result = match(ROUTES, method, path);
  return result.found ? { path: result.operation.path, params: result.params } : result.methods;
};

test("a path is found with its parameters", () => {
  expect(found("DELETE", "/api/v1/workspaces/eng/tokens/tok_1")).toEqual({
    path: "/workspaces/{workspace}/tokens/{token}",
    params: { workspace: "eng", token: "tok_1" },
  });
});

test("an encoded slash stays inside its segment", () => {
  expect(found("PUT", "/api/v1/workspaces/eng/servers/up/tools/a%2Fb/enabled")).toMatchObject({
    params: { tool: "a/b" },
  });
});

test("another method names those that the path takes", () => {
  expect(found("POST", "/api/v1/workspaces/eng")).toEqual(["GET", "PATCH", "DELETE"]);
});

describe("paths that are none", () => {
  test.each([
    "/api/v1",
    "/api/v1/",
    "/api/v1/nope",
    "/api/v1/workspaces/",
    "/api/v1/workspaces/%zz",
    "/api/v1/workspaces/%ff",
    "/api/v1/workspaces/eng/",
    "/api/v1//me",
    "/api/v2/me",
  ])("%s", (path) => {
    expect(found("GET", path)).toEqual([]);
  });
});

test("no two operations share method and path", () => {
  const names = ROUTES.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, "{}")}`);
  expect(new Set(names).size).toBe(names.length);
});
