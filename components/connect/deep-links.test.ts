import { expect, test } from "vitest";
import { base64Utf8, cursorLink, gooseLink, kiroLink, lmStudioLink, vscodeLink } from "./deep-links";

const TOKEN = "mwt_a+/=\u00ff\u20ac";
const CONFIG = { url: "https://gateway.test/ws/eng/sse", headers: { Authorization: `Bearer ${TOKEN}` } };

test("base64 is of the UTF-8 bytes", () => {
  expect(base64Utf8("\u00ff\u20ac")).toBe(Buffer.from("\u00ff\u20ac", "utf8").toString("base64"));
});

test.each([
  ["Cursor", cursorLink, "cursor:"],
  ["LM Studio", lmStudioLink, "lmstudio:"],
] as const)("%s reads back name and inner config", (_, link, protocol) => {
  const url = new URL(link("eng", CONFIG));
  expect(url.protocol).toBe(protocol);
  expect(url.searchParams.get("name")).toBe("eng");
  expect(JSON.parse(Buffer.from(url.searchParams.get("config") ?? "", "base64").toString("utf8"))).toEqual(CONFIG);
});

test("Kiro reads plain JSON", () => {
  const url = new URL(kiroLink("eng", CONFIG));
  expect(JSON.parse(url.searchParams.get("config") ?? "")).toEqual(CONFIG);
});

test("VS Code reads the whole query as JSON", () => {
  const config = { ...CONFIG, name: "eng", type: "http", url: "https://x.test/?a=1&b=2#c" };
  expect(JSON.parse(decodeURIComponent(vscodeLink(config).split("?")[1] ?? ""))).toEqual(config);
});

test("Goose reads its fields, and a header as Name=Value", () => {
  const url = new URL(gooseLink("eng", CONFIG.url, `Bearer ${TOKEN}`));
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    type: "streamable_http",
    url: CONFIG.url,
    id: "eng",
    header: `Authorization=Bearer ${TOKEN}`,
  });
  expect(gooseLink("eng", CONFIG.url, null)).not.toContain("header=");
});
