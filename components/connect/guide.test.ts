import { parse as parseToml } from "smol-toml";
import { describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { BRAND_COLOURS } from "@/components/ui/brand-colours";
import { type Client, SYSTEMS, type System, type Way } from "./client";
import { CLIENTS } from "./clients";
import { type ConnectTarget, guideOf, PLACEHOLDER, quote, type Snippet } from "./guide";

const TOKEN = "mwt_a+/=\u00ff\u20ac'\"$x";
const target: ConnectTarget = {
  slug: "2024",
  tokenUrl: "https://gateway.test/ws/2024/sse",
  signInUrl: "https://gateway.test/ws/2024/mcp",
  token: TOKEN,
};
const EACH = CLIENTS.flatMap((client) => client.ways.map((way) => [client.id, way, client] as const));
const client = (id: string): Client => {
  const found = CLIENTS.find((entry) => entry.id === id);
  if (!found) throw new Error(`no client ${id}`);
  return found;
};

/** Every text inside a parsed snippet. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
const PARSERS: Partial<Record<Snippet["language"], (text: string) => unknown>> = {
  json: JSON.parse,
  toml: parseToml,
  yaml: (text) => parseYaml(text),
};
const parsed = (snippet: Snippet): unknown => PARSERS[snippet.language]?.(snippet.code);

test("nineteen clients, each findable, with a mark that exists or a monogram", () => {
  expect(new Set(CLIENTS.map(({ id }) => id)).size).toBe(19);
  for (const { icon, ways, steps } of CLIENTS) {
    expect(icon === null || Object.hasOwn(BRAND_COLOURS, icon)).toBe(true);
    expect(Object.keys(steps).sort()).toEqual([...ways].sort());
  }
});

describe.each(Object.keys(SYSTEMS) as System[])("on %s", (system) => {
  test.each(EACH)("%s %s: everything parses and leads to the right URL", (_id, way, entry) => {
    const guide = guideOf(entry, way, system, target);
    const url = way === "sign-in" ? target.signInUrl : target.tokenUrl;
    expect(guide.snippets.length > 0 || guide.notForSystem).toBe(true);
    for (const snippet of guide.snippets) {
      const texts = textsOf(parsed(snippet) ?? snippet.code);
      if (snippet.title !== "The token, once") expect(texts.some((text) => text.includes(url))).toBe(true);
      if (way === "sign-in") expect(snippet.code).not.toMatch(/mwt_|uthorization/);
      if (way === "variable" && snippet.title !== "The token, once") expect(snippet.code).not.toContain("mwt_a");
      if (way === "token" && PARSERS[snippet.language]) expect(texts).toContain(`Bearer ${TOKEN}`);
    }
  });
});

test.each(EACH)("%s %s: a link holds the token only where it says so, and none the placeholder", (_id, way, entry) => {
  const { link } = guideOf(entry, way, "mac", target);
  const readable = link ? decodeURIComponent(link.href) : "";
  const base64 = /config=([A-Za-z0-9+/=]+)$/.exec(readable)?.[1] ?? "";
  const all = readable + Buffer.from(base64, "base64").toString("utf8");
  if (link) expect(all.includes("mwt_a")).toBe(link.holdsToken);
  const without = guideOf(entry, way, "mac", { ...target, token: null });
  expect(without.link?.holdsToken ?? false).toBe(false);
});

test("without a token at hand the placeholder stands where it belongs", () => {
  const [file] = guideOf(client("windsurf"), "token", "linux", { ...target, token: null }).snippets;
  expect(textsOf(file && parsed(file))).toContain(`Bearer ${PLACEHOLDER}`);
});

test.each(["mac", "linux"] as const)("a command's arguments survive the shell of %s", (system) => {
  expect(quote("a'b\"$c `d`", system)).toBe("'a'\\''b\"$c `d`'");
});

test("what a client cannot do is said, and shown nowhere", () => {
  for (const id of ["claude-ai", "chatgpt"]) {
    expect(client(id).ways).toEqual(["sign-in"] satisfies Way[]);
    expect(client(id).fromOutside).toBe(true);
    expect(client(id).limits?.[0]).toContain("no token in a header");
  }
  expect(guideOf(client("claude-desktop"), "token", "linux", target).notForSystem).toBe(true);
});
