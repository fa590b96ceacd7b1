import { describe, expect, test } from "vitest";
import { testCompiler } from "@/lib/testing/compiler";
import { contentAddress } from "./compiler";
import { toFiles } from "./source";

const compiler = testCompiler();
const bundle = (files: Record<string, string>) => compiler.bundle(toFiles(files));
const check = (files: Record<string, string>) => compiler.check(toFiles(files));

/** Runs a bundle of our own making in this process: `data:` modules have no other module to import. */
async function answer(code: string, body: object) {
  const made = (await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`)) as {
    default: { fetch(request: Request): Promise<Response> };
  };
  const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
  const request = new Request("http://f/mcp", { method: "POST", headers, body: JSON.stringify(body) });
  return (await made.default.fetch(request)).text();
}
const LIST = { jsonrpc: "2.0", id: 1, method: "tools/list" };

const ZOD = `import { defineServer } from "@aerostack/server";
import { z } from "zod";
import { shout } from "./lib/shout.js";
import names from "./names.json" with { type: "json" };
export default defineServer({ name: "a", tools: (tool) => ({
  greet: tool({ description: "Greets", input: z.object({ name: z.enum(["A", "B"]) }), run: ({ name }) => shout(name + names[0]) }),
}) });`;
const FILES = {
  "server.ts": ZOD,
  "lib/shout.ts": "export const shout = (text: string) => text.toUpperCase();",
  "names.json": '["x"]',
};

describe("bundle", () => {
  test("one file under its content address, the same each time", async () => {
    const [built, again] = await Promise.all([bundle(FILES), bundle(FILES)]);
    if (!built.ok) throw new Error(JSON.stringify(built.problems));
    expect(built).toEqual(again);
    expect(built.sha256).toBe(contentAddress(built.code));
    expect(built.bytes).toBeLessThan(260_000); // with all of zod's languages 500 KB
    expect(await answer(built.code, LIST)).toContain('"enum":["A","B"]');
  });

  test.each([
    [
      "zod/mini",
      `import { defineServer, tool, withJsonSchema } from "@aerostack/server"; import * as z from "zod/mini";
      const s = z.object({ n: z.number() });
      export default defineServer({ name: "m", tools: { t: tool({ description: "d", input: withJsonSchema(s, z.toJSONSchema(s)), run: ({ n }) => n }) } });`,
      90_000,
    ],
    [
      "plain JSON Schema",
      `import { defineServer, tool } from "@aerostack/server";
      export default defineServer({ name: "p", tools: { t: tool({ description: "d", input: { type: "object" }, run: () => "" }) } });`,
      40_000,
    ],
    [
      "the MCP SDK, version 1",
      `import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
      import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
      import { z } from "zod";
      export default { async fetch(request: Request) {
        const server = new McpServer({ name: "v1", version: "1.0.0" });
        server.registerTool("t", { description: "d", inputSchema: { n: z.number() } }, ({ n }) => ({ content: [{ type: "text", text: String(n) }] }));
        const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
        await server.connect(transport);
        return transport.handleRequest(request);
      } };`,
      800_000,
    ],
    [
      "the MCP SDK, version 2",
      `import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
      import { z } from "zod";
      export default createMcpHandler(() => {
        const server = new McpServer({ name: "v2", version: "1.0.0" });
        server.registerTool("t", { description: "d", inputSchema: z.object({ n: z.number() }) }, ({ n }) => ({ content: [{ type: "text", text: String(n) }] }));
        return server;
      });`,
      800_000,
    ],
  ])("%s: type-checks, bundles and answers", async (_, source, size) => {
    expect(await check({ "server.ts": source })).toEqual([]);
    const built = await bundle({ "server.ts": source });
    if (!built.ok) throw new Error(JSON.stringify(built.problems));
    expect(built.bytes).toBeLessThan(size);
    expect(await answer(built.code, LIST)).toContain('"name":"t"');
  });

  test("a fault of the source is shown at its place", async () => {
    expect(await bundle({ "server.ts": "syntax error {" })).toEqual({
      ok: false,
      problems: [{ file: "server.ts", line: 1, column: 8, text: 'Expected ";" but found "error"', code: "syntax" }],
    });
    const missing = await bundle({
      "server.ts": 'import { z } from "zod";\nimport { nope } from "zod";\nexport default nope;',
    });
    expect(missing).toMatchObject({ ok: false, problems: [{ file: "server.ts", line: 2, code: "syntax" }] });
  });
});

describe("check", () => {
  test("type errors, at the line and column the author sees", async () => {
    const text = 'import { shout } from "./shout";\nconst é = "😀"; const n: number = shout("x");\nexport default n;';
    expect(await check({ "server.ts": text, "shout.ts": FILES["lib/shout.ts"] })).toEqual([
      {
        file: "server.ts",
        line: 2,
        column: 23,
        text: "Type 'string' is not assignable to type 'number'. (TS2322)",
        code: "type",
      },
    ]);
  });

  test("the authoring API is typed, secrets' names among it, and the same as what it is made from", async () => {
    const text = ZOD.replace("run: ({ name })", "run: ({ name }, ctx)").replace(
      "names[0]",
      "names[0] + ctx.secrets.NOPE",
    );
    expect(await check(FILES)).toEqual([]);
    expect(await check({ ...FILES, "server.ts": text })).toMatchObject([
      { line: 6, text: expect.stringContaining("NOPE") },
    ]);
    const every = `import * as api from "@aerostack/server";
      export default [api.defineServer, api.tool, api.withJsonSchema, new api.ToolError("x").message];`;
    expect(await check({ "server.ts": every })).toEqual([]);
  });

  test("an answer that its schema does not allow, and tools that need another secret, are mistakes", async () => {
    const source = (tools: string) => `import { defineServer, tool } from "@aerostack/server"; import { z } from "zod";
      const needing = tool<{ type: "object" }, { type: "object" }, "OTHER">({ description: "Other", run: () => ({}) });
      export default defineServer({ name: "w", secrets: { ONE: { hosts: ["a.example.com"] } }, tools: ${tools} });`;
    const wrong = await check({
      "server.ts": source(
        `{ w: tool({ description: "w", output: z.object({ sum: z.number() }), run: () => ({ sum: "1" }) }) }`,
      ),
    });
    expect(wrong).toMatchObject([
      { line: 3, text: expect.stringContaining("'string' is not assignable to type 'number'") },
    ]);
    expect(await check({ "server.ts": source("{ needing }") })).toMatchObject([{ line: 3, code: "type" }]);
  });

  test("the page's and Node's globals are not there", async () => {
    const problems = await check({
      "server.ts": "export default [document, process, Buffer, fetch, crypto.subtle, Response];",
    });
    expect(problems.map(({ text }) => /'(\w+)'/.exec(text)?.[1])).toEqual(["document", "process", "Buffer"]);
  });
});
