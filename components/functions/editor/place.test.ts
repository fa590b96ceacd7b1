import { typescriptLanguage } from "@codemirror/lang-javascript";
import { expect, test } from "vitest";
import { offerAt, secretNames } from "./place";

/** Labels offered where `|` stands. */
function offered(marked: string): string[] | null {
  const pos = marked.indexOf("|");
  const text = marked.slice(0, pos) + marked.slice(pos + 1);
  return offerAt(typescriptLanguage.parser.parse(text), text, pos)?.entries.map(({ label }) => label) ?? null;
}

const SERVER = (inside: string) => `export default defineServer({ name: "a", ${inside} });`;
const TOOL = (inside: string) => SERVER(`tools: (tool) => ({ greet: tool({ description: "d", ${inside} }) })`);

test("each object of a definition offers its own properties, without those it has", () => {
  expect(offered(SERVER("|"))).toEqual(["version", "title", "instructions", "secrets", "hosts", "limits", "tools"]);
  expect(offered(SERVER("lim|"))).toContain("limits");
  expect(offered(TOOL("ann|"))).toEqual(["title", "annotations", "input", "output", "run"]);
  expect(offered(TOOL("annotations: { | }"))).toContain("readOnlyHint");
  expect(offered(SERVER("limits: { deadlineMs: 1, | }"))).toEqual(["concurrency"]);
  expect(offered(SERVER("secrets: { KEY: { h| } }"))).toEqual(["hosts", "in", "prefix"]);
  expect(offered(SERVER('hosts: ["a.example", { | }]'))).toEqual(["host", "http", "ports", "private"]);
});

test("a half-written definition is understood too", () => {
  expect(offered("export default defineServer({ na| })")).toContain("name");
  expect(
    offered("export default defineServer({ name: 'x',\n  tools: (tool) => ({ greet: tool({ des| }) }) })"),
  ).toContain("description");
});

test("the context offers its parts, and the secrets that are declared", () => {
  expect(offered(TOOL("run: (a, ctx) => ctx.|"))).toContain("fetch");
  expect(
    offered(SERVER("secrets: { API_KEY: { hosts: [] } }, tools: { a: tool({ run: (a, ctx) => ctx.secrets.| }) }")),
  ).toEqual(["API_KEY"]);
  expect(offered(TOOL("input: z.|"))).toContain("object");
});

test("a secret's places are offered inside their text", () => {
  expect(offered(SERVER('secrets: { KEY: { hosts: [], in: ["|"] } }'))).toContain("header:authorization");
  expect(offered(SERVER('instructions: "|"'))).toBeNull();
});

test("elsewhere nothing is offered", () => {
  expect(offered("// defineServer({ |")).toBeNull();
  expect(offered(TOOL("run: |"))).toBeNull();
  expect(offered("const a = { | };")).toBeNull();
  expect(offered("other.thi|")).toBeNull();
  expect(offered("defi|")).toContain("defineServer");
});

test("secrets of other objects are not taken for the server's", () => {
  const text = "const x = { secrets: { NO: {} } }; defineServer({ secrets: { YES: { hosts: [] } } })";
  expect(secretNames(typescriptLanguage.parser.parse(text), text)).toEqual(["YES"]);
});
