import { expect, test } from "vitest";
import { CLIENTS, type ConnectTarget, type Way } from "./clients";
import { base64Utf8, cursorLink, vscodeLink } from "./deep-links";

const target: ConnectTarget = {
  slug: "eng",
  tokenUrl: "https://gateway.test/ws/eng/sse",
  signInUrl: "https://gateway.test/ws/eng/mcp",
  token: "mwt_a+/=\u00ff\u20ac",
};
const guide = (id: string, way: Way = "token") => {
  const found = CLIENTS.find((entry) => entry.id === id)?.ways[way];
  if (!found) throw new Error(`no guide for ${id}`);
  return found;
};

test("base64 is of the UTF-8 bytes", () => {
  expect(base64Utf8("\u00ff\u20ac")).toBe(Buffer.from("\u00ff\u20ac", "utf8").toString("base64"));
});

test("Cursor reads back name and inner config", () => {
  const config = { url: target.tokenUrl, headers: { Authorization: `Bearer ${target.token}` } };
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
  const link = guide("vscode").link?.(target);
  expect(link?.holdsToken).toBe(false);
  expect(decodeURIComponent(link?.href ?? "")).not.toContain("mwt_a");
});

test("Cursor's link holds the token and says so; without a token there is no link", () => {
  expect(guide("cursor").link?.(target)?.holdsToken).toBe(true);
  expect(guide("cursor").link?.({ ...target, token: null })).toBeNull();
});

test.each(
  CLIENTS.flatMap(({ id, ways }) =>
    (Object.keys(ways) as Way[]).flatMap((way) =>
      guide(id, way)
        .snippets(target)
        .map((snippet) => [id, way, snippet] as const),
    ),
  ),
)("%s %s: JSON parses; tokens go to the URL that offers no OAuth, sign-ins to the one that does", (_, way, snippet) => {
  expect(snippet.code).toContain(way === "token" ? target.tokenUrl : target.signInUrl);
  if (way === "sign-in") expect(snippet.code).not.toContain("mwt_");
  if (snippet.language === "json") expect(() => JSON.parse(snippet.code)).not.toThrow();
});
