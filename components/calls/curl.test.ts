import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { curlOf } from "./curl";

/** What a shell hands to `curl`, one argument a line. */
const argv = (command: string, token: string): string[] =>
  execFileSync("sh", ["-c", `curl() { printf '%s\\0' "$@"; }\n${command}`], {
    env: { ...process.env, AEROSTACK_TOKEN: token },
    encoding: "utf8",
  })
    .split("\0")
    .slice(0, -1);

test("a shell makes of it the very call, with its own token, whatever the arguments hold", () => {
  const args = JSON.stringify({ text: 'it\'s $HOME `id` "x" \\ \n!', n: 1 });
  const command = curlOf({ mcpUrl: "https://gw.example/ws/acme/mcp", name: "up__it's", args });
  expect(command).not.toContain("mwt_");
  const [, url, , authorization, , , , , , body] = argv(command, "mwt_x");
  expect(url).toBe("https://gw.example/ws/acme/mcp");
  expect(authorization).toBe("Authorization: Bearer mwt_x");
  expect(JSON.parse(body ?? "").params).toEqual({ name: "up__it's", arguments: JSON.parse(args) });
});

test("without arguments an empty object stands in", () => {
  expect(curlOf({ mcpUrl: "https://gw.example/ws/a/mcp", name: "a__b", args: null })).toContain('"arguments":{}');
});

test("a prompt or a resource is asked for by its own method", () => {
  const more = { mcpUrl: "https://gw.example/ws/a/mcp", args: null };
  expect(curlOf({ ...more, method: "prompts/get", name: "a__b" })).toContain(
    '"method":"prompts/get","params":{"name":"a__b"',
  );
  expect(curlOf({ ...more, method: "resources/read", name: "a+x:1" })).toContain('"params":{"uri":"a+x:1"}');
});
