import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT, testCompiler } from "@/lib/testing/compiler";
import { type ListedTool, runBundle } from "@/lib/testing/run-bundle";
import { toFiles } from "../bundle/source";
import { parseManifest } from "../manifest";
import { importOpenapi } from "../openapi/import-openapi";
import { TEMPLATES, templateSource } from "./catalogue";

const compiler = testCompiler();

async function start(id: string) {
  const files = toFiles({ "server.ts": templateSource(ROOT, id) });
  expect(await compiler.check(files)).toEqual([]);
  const built = await compiler.bundle(files);
  if (!built.ok) throw new Error(JSON.stringify(built.problems));
  return runBundle(built.code);
}

test.each(TEMPLATES)("$id type-checks, bundles, lists its tools and declares a good manifest", async ({ id }) => {
  const rpc = await start(id);
  const { tools } = await rpc<{ tools: ListedTool[] }>("tools/list");
  expect(tools.length).toBeGreaterThan(0);
  const { _meta } = await rpc<{ _meta: Record<string, unknown> }>("initialize");
  expect(() => parseManifest(_meta["aerostack/manifest"])).not.toThrow();
});

test("the calculator calculates", async () => {
  const rpc = await start("calculator");
  const calculate = async (expression: string) =>
    (await rpc<{ content: { text: string }[] }>("tools/call", { name: "calculate", arguments: { expression } }))
      .content[0]?.text;
  expect(await calculate("(2 + 3) * -4 ^ 2 / 8 - 1.5")).toBe('{"value":-11.5}');
  expect(await calculate("2 +")).toBe("The expression ends too early.");
  expect(await calculate("process.exit()")).toBe('Unexpected "p".');
  expect(await calculate("1 / 0")).toBe("The result is no finite number.");
});

test("the generated one is what the importer makes", () => {
  const document = readFileSync(join(ROOT, "lib/functions/templates/weather.openapi.json"), "utf8");
  const squeeze = (source: string) => source.replace(/[\s,]+/g, "").replace(/"(\w+)":/g, "$1:");
  const { source } = importOpenapi(document, { slug: "weather" });
  expect(squeeze(templateSource(ROOT, "openapi-weather"))).toBe(squeeze(source));
});
