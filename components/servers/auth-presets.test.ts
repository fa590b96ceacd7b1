import { expect, test } from "vitest";
import { EMPTY_AUTH, ownerPart, suggestSecretName, toCredentials } from "./auth-presets";

test("each preset gives a template and keeps the value out of it", () => {
  expect(toCredentials({ ...EMPTY_AUTH, kind: "bearer", secretName: "GITHUB_TOKEN", value: "s3cret" })).toEqual({
    headers: [{ name: "Authorization", template: "Bearer {{GITHUB_TOKEN}}" }],
    secrets: { GITHUB_TOKEN: "s3cret" },
  });
  expect(
    toCredentials({ ...EMPTY_AUTH, kind: "header", headerName: " X-Key ", prefix: "Token token=", value: "s3cret" }),
  ).toEqual({
    headers: [{ name: "X-Key", template: "Token token={{API_TOKEN}}" }],
    secrets: { API_TOKEN: "s3cret" },
  });
  expect(toCredentials({ ...EMPTY_AUTH, kind: "basic", user: "me", password: "s3cret" })).toEqual({
    headers: [{ name: "Authorization", template: "Basic {{b64:USERNAME:PASSWORD}}" }],
    secrets: { USERNAME: "me", PASSWORD: "s3cret" },
  });
  expect(toCredentials({ ...EMPTY_AUTH, value: "left over" })).toEqual({ headers: [], secrets: {} });
});

test("a value not given yet is no secret", () => {
  expect(toCredentials({ ...EMPTY_AUTH, kind: "bearer" }).secrets).toEqual({});
});

test.each([
  ["https://mcp.github.com/mcp", "github", "GITHUB_TOKEN"],
  ["https://mcp.my-tool.dev", "my-tool", "MY_TOOL_TOKEN"],
  ["http://127.0.0.1:3001/mcp", undefined, "API_TOKEN"],
  ["http://localhost:3001", undefined, "API_TOKEN"],
  ["https://1password.com", "1password", "API_TOKEN"],
  ["not a url", undefined, "API_TOKEN"],
])("%s → %s, %s", (url, part, name) => {
  expect(ownerPart(url)).toBe(part);
  expect(suggestSecretName(url)).toBe(name);
});
