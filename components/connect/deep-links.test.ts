import { expect, test } from "vitest";
import { CLIENTS, type ConnectTarget } from "./clients";
import { base64Utf8, cursorLink, vscodeLink } from "./deep-links";

const target: ConnectTarget = {
  slug: "eng",
  mcpUrl: "https://gateway.test/ws/eng/mcp",
  sseUrl: "https://gateway.test/ws/eng/sse",
  token: "mwt_a+/=\u00ff\u20ac",
};
const client = (id: string) => {
  const found = CLIENTS.find((entry) => entry.id === id);
  if (!found) throw new Error(`no client ${id}`);
  return found;
};

test("base64 is of the UTF-8 bytes", () => {
  expect(base64Utf8("\u00ff\u20ac")).toBe(Buffer.from("\u00ff\u20ac", "utf8").toString("base64"));
});

test("Cursor reads back name and inner config", () => {
  const config = { url: target.mcpUrl, headers: { Authorization: `Bearer ${target.token}` } };
  const url = new URL(cursorLink("eng", config));
  expect(url.protocol).toBe("cursor:");
  expect(url.searchParams.get("name")).toBe("eng");
  expect(JSON.parse(Buffer.from(url.searchParams.get("config") ?? "", "base64").toString("utf8"))).toEqual(config);
});

test("VS Code reads the whole query as JSON", () => {
  const config = { name: "eng", type: "http", url: "https://x.test/?a=1&b=2#c" };
  expect(JSON.parse(decodeURIComponent(vscodeLink(config).split("?")[1] ?? ""))).toEqual(config);
});

test("the VS Code link asks for the token instead of holding it", () => {
  const link = client("vscode").link?.(target);
  expect(link?.holdsToken).toBe(false);
  expect(decodeURIComponent(link?.href ?? "")).not.toContain("mwt_a");
});

test("Cursor's link holds the token and says so; without a token there is no link", () => {
  expect(client("cursor").link?.(target)?.holdsToken).toBe(true);
  expect(client("cursor").link?.({ ...target, token: null })).toBeNull();
});

test.each(CLIENTS.flatMap((entry) => entry.snippets(target).map((snippet) => [entry.id, snippet] as const)))(
  "%s: JSON snippets parse and hold the URL",
  (_, snippet) => {
    expect(snippet.code).toContain(target.mcpUrl);
    if (snippet.language === "json") expect(() => JSON.parse(snippet.code)).not.toThrow();
  },
);
