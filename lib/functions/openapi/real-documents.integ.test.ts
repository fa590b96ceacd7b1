import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { ROOT, testCompiler } from "@/lib/testing/compiler";
import { type ListedTool, runBundle } from "@/lib/testing/run-bundle";
import { toFiles } from "../bundle/source";
import { importOpenapi } from "./import-openapi";

const compiler = testCompiler();
const document = (path: string) => readFileSync(join(ROOT, "node_modules", path), "utf8");
const NOTION = document("@notionhq/notion-mcp-server/scripts/notion-openapi.json");
const FIGMA = document("@figma/rest-api-spec/openapi/openapi.yaml");

async function deploy(source: string, env: Record<string, string>) {
  const files = toFiles({ "server.ts": source });
  expect(await compiler.check(files)).toEqual([]);
  const built = await compiler.bundle(files);
  if (!built.ok) throw new Error(JSON.stringify(built.problems));
  return runBundle(built.code, env);
}

/** The API, for what the function asks of it. */
function standIn() {
  const requests: { url: string; method?: string; headers: Record<string, string>; body: unknown }[] = [];
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const headers = Object.fromEntries(new Headers(init?.headers));
    requests.push({
      url: String(input),
      method: init?.method,
      headers,
      body: init?.body && JSON.parse(String(init.body)),
    });
    return Response.json({ object: "page" });
  });
  return { requests, end: () => spy.mockRestore() };
}

test("Notion's document becomes a function that type-checks, bundles and calls the API rightly", async () => {
  const imported = importOpenapi(NOTION, { slug: "notion" });
  expect(imported).toMatchObject({ host: "api.notion.com", secrets: ["NOTION_TOKEN"], warnings: [] });
  const rpc = await deploy(imported.source, { NOTION_TOKEN: "ph_1" });
  const { tools } = await rpc<{ tools: ListedTool[] }>("tools/list");
  expect(tools.length).toBe(imported.operations.filter(({ chosen }) => chosen).length);
  expect(tools.length).toBeGreaterThan(20);
  expect(imported.tokens).toBeLessThan(40_000);
  expect(await rpc("initialize")).toMatchObject({
    _meta: {
      "aerostack/manifest": {
        hosts: [{ host: "api.notion.com" }],
        secrets: { NOTION_TOKEN: { hosts: ["api.notion.com"], in: ["header:authorization"] } },
      },
    },
  });
  const api = standIn();
  const args = { page_id: "a/b", archived: true };
  expect(await rpc("tools/call", { name: "patch_page", arguments: args })).toMatchObject({
    structuredContent: { object: "page" },
  });
  expect(api.requests).toMatchObject([
    {
      url: "https://api.notion.com/v1/pages/a%2Fb",
      method: "PATCH",
      headers: { authorization: "Bearer ph_1", "notion-version": "2025-09-03" },
      body: { archived: true },
    },
  ]);
  const climb = await rpc("tools/call", { name: "get_user", arguments: { user_id: ".." } });
  expect(climb).toMatchObject({ isError: true });
  expect(api.requests).toHaveLength(1);
  api.end();
});

test("Figma's document, in YAML: 40 of its operations, or those of a tag", async () => {
  const outcome = await compiler.openapi(FIGMA, { slug: "figma" });
  if (!outcome.ok) throw new Error(outcome.message);
  const { imported } = outcome;
  expect(imported.operations.filter(({ chosen }) => chosen)).toHaveLength(40);
  expect(imported.warnings).toEqual([expect.stringMatching(/operations were left out/)]);
  const rpc = await deploy(imported.source, { FIGMA_API_KEY: "ph_2" });
  expect((await rpc<{ tools: ListedTool[] }>("tools/list")).tools).toHaveLength(40);
  const api = standIn();
  await rpc("tools/call", { name: "get_file_nodes", arguments: { file_key: "k", ids: "1:2", depth: 2 } });
  expect(api.requests).toMatchObject([
    { url: "https://api.figma.com/v1/files/k/nodes?ids=1%3A2&depth=2", headers: { "x-figma-token": "ph_2" } },
  ]);
  api.end();

  const comments = importOpenapi(FIGMA, { slug: "figma", tags: ["Comments"] });
  const tools = (await (await deploy(comments.source, {}))<{ tools: ListedTool[] }>("tools/list")).tools;
  expect(tools.map(({ name }) => name)).toEqual(["get_comments", "post_comment", "delete_comment"]);
});

test("a document that cannot be imported is told from one that takes too long", async () => {
  const message = { ok: false, message: expect.stringContaining("no OpenAPI document") };
  expect(await compiler.openapi("hello", { slug: "x" })).toEqual(message);
  const hasty = testCompiler({ checkMs: 1 });
  expect(await hasty.openapi(FIGMA, { slug: "x" })).toMatchObject({
    ok: false,
    message: expect.stringContaining("in time"),
  });
});
