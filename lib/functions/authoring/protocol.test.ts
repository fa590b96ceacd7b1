import { expect, test, vi } from "vitest";
import { z } from "zod";
import * as mini from "zod/mini";
import { defineServer, type FunctionServer, ToolError, tool, withJsonSchema } from "./server";

const server = defineServer({
  name: "sample",
  version: "1.2.3",
  instructions: "Say hello.",
  hosts: ["open.example.com"],
  secrets: { TOKEN: { hosts: ["api.example.com"], prefix: "xoxb-" } },
  limits: { deadlineMs: 1_000 },
  tools: {
    greet: tool({
      description: "Greets",
      annotations: { readOnlyHint: true },
      input: z.object({ name: z.string().min(1) }),
      output: z.object({ greeting: z.string() }),
      run: ({ name }) => ({ greeting: `Hello ${name}` }),
    }),
    plain: tool({
      description: "Adds",
      input: { type: "object", properties: { a: { type: "integer" }, b: { $ref: "#/properties/a" } }, required: ["a"] },
      run: ({ a }) => `${a}`,
    }),
    mini: tool({
      description: "Takes zod/mini",
      input: withJsonSchema(mini.object({ n: mini.number() }), mini.toJSONSchema(mini.object({ n: mini.number() }))),
      run: ({ n }) => [n],
    }),
    nothing: tool({ description: "No arguments", run: () => undefined }),
    raw: tool({ description: "A picture", run: () => ({ content: [{ type: "image", data: "AA==" }] }) }),
    wrong: tool({
      description: "Breaks its output schema",
      output: { type: "object", properties: { n: { type: "number" } } },
      run: () => ({ n: "x" }),
    }),
    refuse: tool({
      description: "Refuses",
      run: () => {
        throw new ToolError("slack: not_in_channel");
      },
    }),
    crash: tool({
      description: "Crashes",
      run: (_, ctx) => {
        throw new Error(`inner ${ctx.secrets.TOKEN}`);
      },
    }),
    slow: tool({
      description: "Reports",
      run: (_, ctx) => {
        for (const step of [1, 1, 2]) ctx.progress(step, 2, "step");
        return ctx.vars;
      },
    }),
  },
});

const post = (body: unknown, headers: Record<string, string> = {}, target: FunctionServer = server) =>
  target.fetch(
    new Request("https://f/mcp", {
      method: "POST",
      headers: { accept: "application/json, text/event-stream", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    }),
    { TOKEN: "xoxb-ph_1", REGION: "eu", OBJECT: {} },
  );
const rpc = (method: string, params?: unknown) => ({ jsonrpc: "2.0", id: 1, method, params });
async function call(name: string, args?: unknown) {
  const response = await post(rpc("tools/call", { name, arguments: args }));
  return ((await response.json()) as { result: { isError?: boolean; content: { text: string }[] } }).result;
}

test.each([
  ["2025-03-26", "2025-03-26"],
  ["2025-06-18", "2025-06-18"],
  ["2025-11-25", "2025-11-25"],
  ["2099-01-01", "2025-11-25"],
])("initialize for %s answers %s, and declares the manifest", async (asked, given) => {
  expect(await (await post(rpc("initialize", { protocolVersion: asked }))).json()).toEqual({
    jsonrpc: "2.0",
    id: 1,
    result: {
      protocolVersion: given,
      capabilities: { tools: {} },
      serverInfo: { name: "sample", version: "1.2.3" },
      instructions: "Say hello.",
      _meta: {
        "aerostack/manifest": {
          hosts: [{ host: "open.example.com" }, { host: "api.example.com" }],
          secrets: { TOKEN: { hosts: ["api.example.com"], prefix: "xoxb-" } },
          limits: { deadlineMs: 1_000 },
        },
      },
    },
  });
});

test("lists tools with schemas and annotations", async () => {
  const { result } = (await (await post(rpc("tools/list"))).json()) as { result: { tools: Record<string, unknown>[] } };
  expect(result.tools[0]).toMatchObject({
    name: "greet",
    annotations: { readOnlyHint: true },
    inputSchema: { type: "object", required: ["name"] },
    outputSchema: { type: "object" },
  });
  expect(result.tools.find((each) => each.name === "nothing")?.inputSchema).toMatchObject({ type: "object" });
});

test("answers in every form", async () => {
  const text = (value: unknown) => [{ type: "text", text: JSON.stringify(value) }];
  const greeting = { greeting: "Hello A" };
  expect(await call("greet", { name: "A" })).toEqual({ content: text(greeting), structuredContent: greeting });
  expect(await call("plain", { a: 3, b: 4 })).toEqual({ content: [{ type: "text", text: "3" }] });
  expect(await call("mini", { n: 3 })).toEqual({ content: text([3]) });
  expect(await call("nothing")).toEqual({ content: [] });
  expect(await call("raw")).toEqual({ content: [{ type: "image", data: "AA==" }] });
});

test.each([
  ["greet", { name: "" }, "name"],
  ["greet", undefined, "name"],
  ["plain", { a: "x" }, "a: "],
  ["plain", { a: 1, b: "x" }, "b: "],
  ["plain", [], "object"],
  ["mini", { n: "1" }, "n: "],
  ["nothing", { extra: 1 }, "extra"],
])("%s refuses %j and names the place", async (name, args, where) => {
  const result = await call(name, args);
  expect(result.isError).toBe(true);
  expect(result.content[0]?.text).toMatch(/^Invalid arguments for/);
  expect(result.content[0]?.text).toContain(where);
});

test("a ToolError is told, anything else goes to the log", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  expect(await call("refuse")).toEqual({ isError: true, content: [{ type: "text", text: "slack: not_in_channel" }] });
  expect((await call("crash")).content[0]?.text).toBe("crash failed. Its log says why.");
  expect((await call("wrong")).isError).toBe(true);
  expect(log).toHaveBeenCalledTimes(2);
  log.mockRestore();
});

test("progress comes as events when asked, each higher than the last", async () => {
  const response = await post(rpc("tools/call", { name: "slow", _meta: { progressToken: "p" } }));
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const events = (await response.text()).split("\n\n").filter(Boolean);
  const messages = events.map((event) => JSON.parse(event.replace(/^event: message\ndata: /, "")));
  expect(messages.map(({ params }) => params?.progress)).toEqual([1, 2, undefined]);
  expect(messages[2]).toMatchObject({ id: 1, result: { structuredContent: { REGION: "eu" } } });
  const unasked = await post(rpc("tools/call", { name: "slow" }));
  expect(unasked.headers.get("content-type")).toContain("application/json");
});

test.each([
  ["a parse error", "{", 400, { id: null, error: { code: -32700 } }],
  ["an empty batch", [], 400, { id: null, error: { code: -32600 } }],
  ["no object", 5, 400, { id: null, error: { code: -32600 } }],
  ["null", "null", 400, { id: null, error: { code: -32600 } }],
  ["a malformed id", { ...rpc("ping"), id: {} }, 400, { id: null, error: { code: -32600 } }],
  ["an id of null", { ...rpc("ping"), id: null }, 400, { id: null, error: { code: -32600 } }],
  ["no method", { jsonrpc: "2.0", id: 4 }, 200, { id: 4, error: { code: -32600 } }],
  ["an unknown method", rpc("resources/list"), 200, { id: 1, error: { code: -32601 } }],
  ["an unknown tool", rpc("tools/call", { name: "__proto__" }), 200, { id: 1, error: { code: -32602 } }],
  ["no params", rpc("tools/call"), 200, { id: 1, error: { code: -32602 } }],
  ["ping", rpc("ping"), 200, { id: 1, result: {} }],
])("%s", async (_, body, status, expected) => {
  const response = await post(body);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ jsonrpc: "2.0", ...expected });
});

test("batches answer what asks; notifications and answers get 202", async () => {
  const note = { jsonrpc: "2.0", method: "notifications/initialized" };
  const batch = await post([rpc("ping"), note, rpc("nope")]);
  expect(await batch.json()).toMatchObject([{ result: {} }, { error: { code: -32601 } }]);
  for (const body of [note, [note, note], { jsonrpc: "2.0", id: 5, result: {} }]) {
    const response = await post(body);
    expect([response.status, await response.text()]).toEqual([202, ""]);
  }
});

test("other methods and versions are refused", async () => {
  expect((await server.fetch(new Request("https://f/mcp"))).status).toBe(405);
  expect((await post(rpc("ping"), { "mcp-protocol-version": "1999-01-01" })).status).toBe(400);
  expect((await post(rpc("ping"), { "mcp-protocol-version": "2025-06-18" })).status).toBe(200);
});

test("a mistake in the definition names its tool", () => {
  const define = (name: string, options: object) =>
    defineServer({ name: "x", tools: { [name]: tool({ description: "x", run: () => "", ...options }) } });
  expect(() => define("a b", {})).toThrow(/Tool a b: a tool's name/);
  expect(() => define("a", { description: "" })).toThrow("Tool a: it has no description");
  expect(() => define("a", { input: z.string() })).toThrow(/Tool a: the input schema must describe an object/);
  expect(() => define("a", { input: mini.object({}) })).toThrow(/withJsonSchema/);
  expect(() => define("a", { input: { type: "object", properties: { a: { $ref: "#/none" } } } })).not.toThrow();
});

test("a call that takes longer than the deadline is aborted", async () => {
  const patient = defineServer({
    name: "patient",
    limits: { deadlineMs: 20 },
    tools: {
      wait: tool({
        description: "Waits",
        run: (_, { signal }) =>
          new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
      }),
    },
  });
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const response = await post(rpc("tools/call", { name: "wait" }), {}, patient);
  expect(await response.text()).toContain("wait took too long.");
  log.mockRestore();
});
