import { expect, test } from "vitest";
import { fileCredentials, readServerJson } from "./server-json";

const file = (remote: object, more: object = {}) =>
  JSON.stringify({ name: "com.example/tickets", remotes: [{ type: "streamable-http", ...remote }], ...more });
const URL = "https://mcp.example.com/mcp";

test("a secret header, one with a variable and a plain one", () => {
  const read = readServerJson(
    file({
      url: URL,
      headers: [
        {
          name: "Authorization",
          value: "Bearer {api_token}",
          isRequired: true,
          variables: { api_token: { description: "Your token" } },
        },
        { name: "X-Team", description: "Team key", isSecret: true },
        { name: "X-Region", value: "eu" },
      ],
    }),
  );
  expect(read).toEqual({
    name: "tickets",
    url: URL,
    headers: [
      { name: "Authorization", template: "Bearer {{API_TOKEN}}" },
      { name: "X-Team", template: "{{X_TEAM}}" },
      { name: "X-Region", template: "eu" },
    ],
    secrets: [
      { name: "API_TOKEN", label: "Your token", required: true },
      { name: "X_TEAM", label: "Team key", required: false },
    ],
  });
  expect(fileCredentials(read, { API_TOKEN: "t" })).toEqual({
    headers: [read.headers[0], read.headers[2]],
    secrets: { API_TOKEN: "t" },
  });
});

test("a registry's wrapping, a byte order mark, a first remote of another kind", () => {
  const remotes = [
    { type: "websocket", url: "wss://x.example" },
    { type: "sse", url: "https://x.example/sse" },
  ];
  const wrapped = JSON.stringify({ server: { name: "a/b", title: "Bee", remotes } });
  expect(readServerJson(`\ufeff${wrapped}`)).toMatchObject({ name: "Bee", url: "https://x.example/sse", headers: [] });
});

test.each([
  ["no JSON", "{", /not JSON/],
  ["another file", "[]", /no server\.json/],
  ["a program only", JSON.stringify({ name: "a", packages: [] }), /no remote/],
  ["a script for an address", file({ url: "javascript:alert(1)" }), /None of its remotes/],
  ["a line break in a header's name", file({ url: URL, headers: [{ name: "X\r\nHost" }] }), /None of its remotes/],
  ["blanks in the address", file({ url: "https://x.example/{tenant}/mcp" }), /by hand/],
  ["too much", " ".repeat(300_000), /too large/],
])("%s is refused in words", (_, text, words) => expect(() => readServerJson(text)).toThrow(words));
