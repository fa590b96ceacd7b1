import { readFileSync } from "node:fs";
import { join } from "node:path";
import { postHeaders } from "./mcp";
import { ROOT } from "./product";
import { type RawAnswer, sendBytes, sendHttp } from "./raw-http";

/** One line of `e2e/data/bad-input.jsonl`: what is sent differently from a good `tools/list`, and what must come back. */
export interface BadInput {
  id: string;
  what: string;
  /** Differs from a good `tools/call` of 2026-07-28 instead. */
  modern?: true;
  method?: string;
  path?: string;
  /** Null takes a header away. */
  headers?: Record<string, string | null>;
  /** Long header values: prefix, unit, count. */
  headerGen?: Record<string, [string, string, number]>;
  body?: string;
  gen?: Generator;
  /** Bytes on a socket instead of a request. */
  raw?: string;
  /** A slug to create a workspace with, by the API instead of the gateway. */
  slug?: string;
  status: (number | "close")[];
  rpc?: (number | "result")[];
  rpcId?: unknown[];
  /** The id must come back as these very digits, or not at all. */
  idText?: string;
  header?: Record<string, string>;
  /** Headers that the answer must not have. */
  noHeader?: string[];
  /** What the error's `data` has to have. */
  data?: Record<string, unknown>;
  /** Outcome of the one row that the request must leave in the log of calls. */
  row?: "ok" | "denied";
  empty?: boolean;
}

type Generator =
  | { gen: "json-pad"; bytes: number }
  | { gen: "repeat"; prefix: string; unit: string; count: number; suffix: string }
  | { gen: "nest"; prefix: string; open: string; close: string; depth: number; suffix: string }
  | { gen: "keys"; prefix: string; count: number; suffix: string }
  | { gen: "bytes"; hex: string };

export const BAD_INPUT: BadInput[] = readFileSync(join(ROOT, "e2e/data/bad-input.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const GOOD = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}';

const GOOD_MODERN = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: {
    name: "{{TOOL}}",
    arguments: {},
    _meta: {
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientInfo": { name: "c", version: "1" },
      "io.modelcontextprotocol/clientCapabilities": {},
    },
  },
});
const MODERN_HEADERS = { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": "{{TOOL}}" };

function generate(spec: Generator): string | Buffer {
  switch (spec.gen) {
    case "json-pad":
      return `${GOOD.slice(0, -1)},"params":{"pad":"${"x".repeat(spec.bytes - GOOD.length - 21)}"}}`.padEnd(
        spec.bytes,
        " ",
      );
    case "repeat":
      return spec.prefix + spec.unit.repeat(spec.count) + spec.suffix;
    case "nest":
      return spec.prefix + spec.open.repeat(spec.depth) + spec.close.repeat(spec.depth) + spec.suffix;
    case "keys":
      return `${spec.prefix}{${Array.from({ length: spec.count }, (_, n) => `"k${n}":${n}`).join(",")}}${spec.suffix}`;
    case "bytes":
      return Buffer.from(spec.hex, "hex");
  }
}

/** Fills `{{NAME}}` from the test's world; a name that the world lacks stays, some cases are about just that text. */
const fill = (text: string, world: Record<string, string>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => world[name] ?? whole);

/** Sends a case to the gateway. */
export function send(one: BadInput, port: number, world: Record<string, string>): Promise<RawAnswer> {
  if (one.raw !== undefined) return sendBytes(port, fill(one.raw, world));
  const headers: Record<string, string> = postHeaders(world.TOKEN ?? "");
  for (const [name, value] of Object.entries({ ...(one.modern && MODERN_HEADERS), ...one.headers })) {
    if (value === null) delete headers[name];
    else headers[name] = fill(value, world);
  }
  for (const [name, [prefix, unit, count]] of Object.entries(one.headerGen ?? {}))
    headers[name] = prefix + unit.repeat(count);
  const body = one.gen ? generate(one.gen) : (one.body ?? (one.modern ? GOOD_MODERN : GOOD));
  return sendHttp(port, {
    method: one.method ?? "POST",
    path: fill(one.path ?? "/ws/{{SLUG}}/sse", world),
    headers,
    body: typeof body === "string" ? fill(body, world) : body,
  });
}
