import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { ROOT, testCompiler } from "@/lib/testing/compiler";
import { SOURCE_LIMITS, toFiles } from "./source";

/** Told apart from other tests' children by a limit that they inherit as a variable. */
const memoryBytes = SOURCE_LIMITS.memoryBytes - (1 + Math.floor(Math.random() * 9_999)) * 1_024;
const MARK = `GOMEMLIMIT=${Math.floor(memoryBytes * 0.8)}`;
const compiler = testCompiler({ memoryBytes });

const CANARY = "canary_4711";
const home = mkdtempSync(join(tmpdir(), "aerostack-hostile-"));
writeFileSync(join(home, "secret.ts"), `export default "${CANARY}" as const;`);
writeFileSync(join(home, "secret.json"), `{"a":"${CANARY}"}`);
symlinkSync("/etc/passwd", join(home, "link.ts"));
afterAll(() => rmSync(home, { recursive: true }));

/** Processes that a compiler of this test started and that still are. */
function leftRunning(): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, "utf8").includes(MARK);
    } catch {
      return false;
    }
  });
}
afterEach(() => expect(leftRunning()).toEqual([]));

const bundle = (source: string, more: Record<string, string> = {}) =>
  compiler.bundle(toFiles({ "server.ts": source, ...more }));
const check = (source: string, more: Record<string, string> = {}) =>
  compiler.check(toFiles({ "server.ts": source, ...more }));

/** No answer tells what is on this machine or where. */
const expectNothingRead = (answer: unknown) =>
  expect(JSON.stringify(answer)).not.toMatch(new RegExp(`${CANARY}|root:x:0|${ROOT}|node_modules`));

const SPECIFIERS = [
  "/etc/passwd",
  `${home}/secret.ts`,
  `${home}/secret.json`,
  `${home}/link.ts`,
  "../../../../../../../../etc/passwd",
  `../../../../../../../..${home}/secret`,
  "./a/../../b",
  "..",
  ".",
  "",
  " ./other",
  "./none",
  "./other.ts?x",
  "./other.ts#x",
  "./other.ts\0",
  "%2e%2e/secret",
  "file:///etc/passwd",
  `file://${home}/secret.ts`,
  "data:text/javascript,export default 1",
  "http://example.com/x.js",
  "https://example.com/x.js",
  "//example.com/x.js",
  "blob:x",
  "node:fs",
  "fs",
  "child_process",
  "cloudflare:workers",
  "workerd:unsafe",
  "C:\\Windows\\x.ts",
  "\\\\host\\share\\x.ts",
  "@/lib/limits",
  "lib/limits",
  "#internal",
  "source:server.ts",
  "esbuild",
  "next",
  "zod/package.json",
  "zod/../next",
  "zod/v4/locales/../../../next/package.json",
  "@aerostack/server/../../../package.json",
  "@modelcontextprotocol/sdk/server/stdio.js",
  "__proto__",
  "constructor",
];

describe("imports", () => {
  test("each is refused at its line, by whatever form it comes", async () => {
    const forms: ((name: string) => string)[] = [
      (name) => `import ${name};`,
      (name) => `export * from ${name};`,
      (name) => `import(${name});`,
      (name) => `require(${name});`,
    ];
    for (const form of forms) {
      const source = SPECIFIERS.map((name) => form(JSON.stringify(name))).join("\n");
      const result = await bundle(source, { "other.ts": "export {}" });
      if (result.ok) throw new Error(`bundled: ${form("x")}`);
      expect(new Set(result.problems.map(({ code }) => code))).toEqual(new Set(["import_refused"]));
      expect(result.problems.map(({ file, line }) => `${file}:${line}`)).toEqual(
        SPECIFIERS.map((_, at) => `server.ts:${at + 1}`),
      );
      expectNothingRead(result.problems.map(({ text }) => text.replaceAll(home, "")));
    }
  });

  test.each([
    `import x from "./other" with { type: "text" }; export default x;`,
    `import x from "./other" with { type: "bytes" }; export default x;`,
    `import x from "./other" with { type: "file" }; export default x;`,
    `import x from "zod" with { type: "text" }; export default x;`,
    `import x from "/etc/passwd" with { type: "text" }; export default x;`,
    `export * from "./other" with { foo: "bar" };`,
    `import x = require("fs"); x;`,
  ])("%s", async (source) => {
    const result = await bundle(source, { "other.ts": "export default 1" });
    expect(result).toMatchObject({ ok: false, problems: [{ file: "server.ts", line: 1 }] });
  });

  test("from a file in a folder, out of the folder's parent", async () => {
    const result = await bundle(`import "./deep/a";`, { "deep/a.ts": `\nimport "../../../x";` });
    expect(result).toMatchObject({ ok: false, problems: [{ file: "deep/a.ts", line: 2, code: "import_refused" }] });
  });

  test("comments and settings that tools obey lead nowhere", async () => {
    const source = `/** @jsxImportSource ${home} */\nexport default 1;\n//# sourceMappingURL=file://${home}/secret.json`;
    const settings = JSON.stringify({
      extends: `${home}/secret.json`,
      compilerOptions: { paths: { x: [`${home}/secret`] } },
    });
    const manifest = JSON.stringify({ imports: { "#x": `${home}/secret.ts` }, main: "/etc/passwd" });
    const more = { "tsconfig.json": settings, "package.json": manifest };
    const result = await bundle(source, more);
    expect(result).toMatchObject({ ok: true, code: expect.stringMatching(/^var \w+=1;/) });
    expectNothingRead(result);
    expect(await bundle(`import "#x";`, more)).toMatchObject({ ok: false, problems: [{ code: "import_refused" }] });
  });

  test("the type checker sees no file of this machine either", async () => {
    const sources = [
      `/// <reference path="${home}/secret.ts" />\nexport default 1;`,
      `/// <reference types="node" />\nexport default 1;`,
      `import x from "${home}/secret";\nconst y: 5 = x;`,
      `import x from "../../../../../../..${home}/secret";\nconst y: 5 = x;`,
      `import x from "${home}/secret.json";\nconst y: 5 = x.a;`,
      `type X = import("${home}/secret").default;\nconst y: X = 5;`,
      `import type { NextConfig } from "next";\nconst y: NextConfig = 5;`,
      `import x from "./node_modules/esbuild/package.json";\nconst y: 5 = x;`,
      `import x from "./node_modules/zod/../esbuild/package.json";\nconst y: 5 = x;`,
    ];
    for (const source of sources) {
      const problems = await check(source);
      expect(problems, source).not.toEqual([]);
      expect(JSON.stringify(problems)).not.toContain(CANARY);
      expect(problems.map(({ code }) => code)).toContain("type");
    }
  });
});

test.each([
  "../x.ts",
  "/etc/x.ts",
  "a/../b.ts",
  "./a.ts",
  "a//b.ts",
  "a\0.ts",
  "a\n.ts",
  "C:\\x.ts",
  "a\\b.ts",
  "é.ts",
  "a\u202e.ts",
  "\ud800.ts",
  ".env.ts",
  ".ts",
  "",
  "__proto__",
  "server.tsx",
  "x.node",
  "node_modules/zod/index.ts",
  `${"a".repeat(130)}.ts`,
  `${"a/".repeat(9)}b.ts`,
])("the name %j is refused", async (name) => {
  const files = toFiles(JSON.parse(`{"server.ts":"export default 1",${JSON.stringify(name)}:""}`));
  expect(await compiler.bundle(files)).toMatchObject({ ok: false, problems: [{ code: "bad_name" }] });
  expect(await compiler.check(files)).toMatchObject([{ code: "bad_name" }]);
});

test("names that mean something to JavaScript are names like others; circles are fine", async () => {
  const files = JSON.parse(
    `{"server.ts":"import a from './__proto__'; import b from './constructor'; export default [a, b];",
      "__proto__.ts":"import './constructor'; export default 1;", "constructor.ts":"import './__proto__'; export default 2;"}`,
  );
  expect(await compiler.bundle(toFiles(files))).toMatchObject({ ok: true });
  expect(await compiler.check(toFiles(files))).toEqual([]);
});

test.each([
  ["10 MB in one file", { "server.ts": " ".repeat(10 << 20) }, "too_large"],
  [
    "3 MB in four files",
    Object.fromEntries(["server", "a", "b", "c"].map((name) => [`${name}.ts`, "/".repeat(750_000)])),
    "too_large",
  ],
  [
    "101 files",
    Object.fromEntries([["server.ts", ""], ...Array.from({ length: 100 }, (_, at) => [`f${at}.ts`, ""])]),
    "too_large",
  ],
  ["no entry", { "main.ts": "" }, "no_entry"],
])("%s", async (_, files, code) => {
  expect(await compiler.bundle(toFiles(files))).toMatchObject({
    ok: false,
    problems: expect.arrayContaining([expect.objectContaining({ code })]),
  });
});

describe("source that is made to be hard", () => {
  const brisk = testCompiler({ bundleMs: 3_000, checkMs: 3_000, memoryBytes });
  const deep = (open: string, close: string, depth: number) =>
    `export default ${open.repeat(depth)}1${close.repeat(depth)};`;
  test.each([
    ["parentheses", deep("(", ")", 400_000)],
    ["arrays", deep("[", "]", 400_000)],
    ["functions", deep("()=>{return ", "}", 50_000)],
    ["minus signs", deep("- ", "", 400_000)],
    ["conditions", deep("1?", ":1", 200_000)],
    ["types", `type X = ${"Array<".repeat(100_000)}1${">".repeat(100_000)}; export default 1;`],
    ["NUL", "export default '\0' \0 1;"],
    ["a lone surrogate", 'export default "\ud800"; \ud800'],
    [
      "JSON",
      'import x from "./x.json"; export default x;',
      { "x.json": `${"[".repeat(400_000)}${"]".repeat(400_000)}` },
    ],
  ])(
    "%s: ends with an answer",
    async (_, source, more?: Record<string, string>) => {
      const files = toFiles({ "server.ts": source, ...more });
      const result = await brisk.bundle(files);
      if (!result.ok) expect(result.problems.map(({ code }) => code)[0]).toMatch(/^(?:syntax|timeout|memory)$/);
      const problems = await brisk.check(files);
      for (const { code } of problems) expect(code).toMatch(/^(?:type|timeout|memory)$/);
      expectNothingRead(problems);
    },
    90_000,
  );

  test("types that never end are given up in time", async () => {
    const impatient = testCompiler({ checkMs: 4_000, memoryBytes });
    const product = (size: number) => `\`\${${Array(size).fill("D").join("}${")}}\``;
    const source = `type D = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";
      type Grow<T extends unknown[], N> = T["length"] extends N ? T : Grow<[...T, ...T, 1], N> | Grow<[...T, 2], N>;
      type Wide = ${product(4)};
      const x: Grow<[], 999> = [] as Record<Wide, Wide>[];
      type Loop<T, U = { a: T; b: T }> = T extends object ? Loop<U> | Loop<[U]> : never;
      export default x as unknown as Loop<{}>;`;
    const startedAt = Date.now();
    const problems = await impatient.check(toFiles({ "server.ts": source }));
    expect(problems.length).toBeGreaterThan(0);
    expect(Date.now() - startedAt).toBeLessThan(8_000);
  });

  test("a child that is out of time is killed with its children", async () => {
    const hasty = testCompiler({ bundleMs: 1, checkMs: 1, memoryBytes });
    const files = toFiles({ "server.ts": "export default 1" });
    expect(await hasty.bundle(files)).toMatchObject({ ok: false, problems: [{ code: "timeout" }] });
    expect(await hasty.check(files)).toMatchObject([{ code: "timeout" }]);
  });
});
