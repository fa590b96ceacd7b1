import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT, testCompiler } from "@/lib/testing/compiler";
import { TEMPLATES, templateSource } from "../templates/catalogue";
import { type RuntimeWorld, startWorld } from "../testing/world";
import { toFiles } from "./source";

const compiler = testCompiler();
let world: RuntimeWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const SDK_1 = `import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { z } from "zod";
export default { async fetch(request: Request) {
  const server = new McpServer({ name: "v1", version: "1.0.0" });
  server.registerTool("double", { description: "d", inputSchema: { n: z.number() } }, ({ n }) => ({ content: [{ type: "text", text: String(2 * n) }] }));
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  return transport.handleRequest(request);
} };`;
const SDK_2 = `import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
export default createMcpHandler(() => {
  const server = new McpServer({ name: "v2", version: "1.0.0" });
  server.registerTool("double", { description: "d", inputSchema: z.object({ n: z.number() }) }, ({ n }) => ({ content: [{ type: "text", text: String(2 * n) }] }));
  return server;
});`;
/** Plain JSON Schema is validated where code may not be made from text. */
const PLAIN = `import { defineServer, tool } from "@aerostack/server";
const n = { type: "number", pattern: "x" };
export default defineServer({ name: "p", tools: { double: tool({ description: "d",
  input: { type: "object", properties: { n }, required: ["n"] }, run: ({ n }) => 2 * Number(n) }) } });`;

const sources: [name: string, source: string][] = [
  ...TEMPLATES.map(({ id }): [string, string] => [id, templateSource(ROOT, id)]),
  ["the MCP SDK, version 1", SDK_1],
  ["the MCP SDK, version 2", SDK_2],
  ["plain JSON Schema", PLAIN],
];

test.each(sources)("%s passes the smoke test and answers on workerd", async (_, source) => {
  const built = await compiler.bundle(toFiles({ "server.ts": source }));
  if (!built.ok) throw new Error(JSON.stringify(built.problems));
  const policy = { hosts: [], secrets: {}, vars: {}, limits: { deadlineMs: 10_000, concurrency: 4 } };
  const smoke = await world.runtime.smokeTest(built.code, policy);
  if (!smoke.ok) throw new Error(`${smoke.code}: ${smoke.detail}`);
  expect(smoke.tools.length).toBeGreaterThan(0);
  if (!smoke.tools.some(({ name }) => name === "double")) return;
  const at = world.deploy(built.code);
  const call = async (n: unknown) => {
    const params = { name: "double", arguments: { n } };
    const request = new Request("http://runtime/mcp", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params }),
    });
    return (await world.runtime.call({ ...at, call: "call_1" }, request)).text();
  };
  expect(await call(21)).toContain('"42"');
  expect(await call("x")).toMatch(/nvalid/);
});
