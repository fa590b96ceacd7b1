import { describe, expect, test } from "vitest";
import { type Message, parseMessage } from "../message";
import { readClaim } from "./claim";

const META = "io.modelcontextprotocol";
const whole = {
  [`${META}/protocolVersion`]: "2026-07-28",
  [`${META}/clientInfo`]: { name: "claude", version: "2.1" },
  [`${META}/clientCapabilities`]: { elicitation: { form: {} } },
};

function request(method: string, params: object, meta: object = whole): Message {
  const text = JSON.stringify({ jsonrpc: "2.0", id: "q", method, params: { ...params, _meta: meta } });
  return parseMessage(text) as Message;
}

const headers = (more: Record<string, string> = {}) =>
  new Headers({ "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/list", ...more });

async function refusal(of: ReturnType<typeof readClaim>): Promise<unknown> {
  if (!(of instanceof Response)) return "accepted";
  const body = (await of.json()) as { id: unknown; error: { code: number; data?: unknown } };
  return [of.status, body.id, body.error.code];
}

test("a whole claim is read", () => {
  const logs = { ...whole, [`${META}/logLevel`]: "warning" };
  expect(readClaim(headers(), request("tools/list", {}, logs))).toEqual({
    capabilities: { elicitation: { form: {} } },
    clientName: "claude",
    clientVersion: "2.1",
    logLevel: "warning",
  });
});

test("clientInfo may be missing", () => {
  const { [`${META}/clientInfo`]: _, ...rest } = whole;
  expect(readClaim(headers(), request("tools/list", {}, rest))).toMatchObject({ clientName: null, logLevel: null });
});

describe("_meta that is not whole is -32602, before anything else is looked at", () => {
  test.each([
    ["a version that is no string", { ...whole, [`${META}/protocolVersion`]: 3 }],
    ["no capabilities", { [`${META}/protocolVersion`]: "2026-07-28" }],
    ["capabilities that are no object", { ...whole, [`${META}/clientCapabilities`]: [] }],
    ["clientInfo that is no object", { ...whole, [`${META}/clientInfo`]: "claude" }],
    ["an unknown log level", { ...whole, [`${META}/logLevel`]: "loud" }],
  ])("%s", async (_, meta) => {
    const wrong = headers({ "mcp-method": "tools/call" });
    expect(await refusal(readClaim(wrong, request("tools/list", {}, meta)))).toEqual([400, "q", -32602]);
  });
});

describe("headers must say what the body says", () => {
  const call = { name: "up__écho" };
  test.each([
    ["another version", "tools/list", {}, { "mcp-protocol-version": "2025-11-25" }],
    ["another method", "tools/list", {}, { "mcp-method": "tools/call" }],
    ["a method in other case", "tools/list", {}, { "mcp-method": "TOOLS/LIST" }],
    ["no name", "tools/call", call, { "mcp-method": "tools/call" }],
    ["another name", "tools/call", call, { "mcp-method": "tools/call", "mcp-name": "up__other" }],
    [
      "a name that is not well encoded",
      "tools/call",
      call,
      { "mcp-method": "tools/call", "mcp-name": "=?base64?!!?=" },
    ],
    [
      "a mark of encoding in other case",
      "tools/call",
      call,
      { "mcp-method": "tools/call", "mcp-name": "=?BASE64?dXA=?=" },
    ],
    ["another uri", "resources/read", { uri: "a://b" }, { "mcp-method": "resources/read", "mcp-name": "a://c" }],
    ["another task", "tasks/get", { taskId: "1" }, { "mcp-method": "tasks/get", "mcp-name": "2" }],
  ])("%s: -32020", async (_, method, params, more) => {
    expect(await refusal(readClaim(headers(more), request(method, params)))).toEqual([400, "q", -32020]);
  });

  test.each(["mcp-protocol-version", "mcp-method"])("without %s: -32020", async (name) => {
    const some = headers();
    some.delete(name);
    expect(await refusal(readClaim(some, request("tools/list", {})))).toEqual([400, "q", -32020]);
  });

  test("an encoded name is compared decoded", () => {
    const name = `=?base64?${btoa(unescape(encodeURIComponent("up__écho")))}?=`;
    const more = headers({ "mcp-method": "tools/call", "mcp-name": name });
    expect(readClaim(more, request("tools/call", call))).toMatchObject({ clientName: "claude" });
  });

  test("a body without the name is refused further on, by what the method needs", () => {
    expect(readClaim(headers({ "mcp-method": "tools/call" }), request("tools/call", {}))).toMatchObject({});
  });
});

test("another version is -32022 and says which there is", async () => {
  const meta = { ...whole, [`${META}/protocolVersion`]: "2099-01-01" };
  const answer = readClaim(headers({ "mcp-protocol-version": "2099-01-01" }), request("tools/list", {}, meta));
  expect(answer).toBeInstanceOf(Response);
  expect(await (answer as Response).json()).toMatchObject({
    error: { code: -32022, data: { supported: ["2026-07-28"], requested: "2099-01-01" } },
  });
});
