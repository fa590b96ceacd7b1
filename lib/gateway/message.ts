import { isObject } from "@/lib/is-object";
import { LIMITS } from "@/lib/limits";
import { elementTexts, jsonDepth, type Span, topLevelSpans } from "@/lib/mcp/json-span";
import { RPC } from "@/lib/mcp/protocol";
import { json, rpcError } from "./responses";

/** A JSON-RPC message whose envelope was checked; `text` stays as it came. */
export interface Message {
  kind: "request" | "notification" | "response";
  text: string;
  /** Raw JSON text of the id; `null` for notifications. */
  id: string;
  method: string;
  /** Parsed; only for reading. What goes upstream is cut from `text`. */
  params: Record<string, unknown> | undefined;
  spans: Map<string, Span>;
}

const isId = (id: unknown): boolean =>
  typeof id === "string" ? id.length <= LIMITS.idLength : Number.isSafeInteger(id);

const MAX_BATCH = 50;

/** Messages that came in one body, each with what is wrong with it where that is so. */
export type Batch = (Message | Response)[];

/**
 * Parses a body: one message, or the array of them that 2025-03-26 allows.
 * Bad messages in a batch stay there with their error; a bad batch is one error, with HTTP 400.
 */
export function parseBody(text: string): Message | Batch | Response {
  if (!BATCH.test(text)) return parseMessage(text);
  const bad = (code: number, message: string) => json(400, rpcError("null", code, message));
  if (jsonDepth(text) > LIMITS.jsonDepth)
    return bad(RPC.invalidRequest, `At most ${LIMITS.jsonDepth} levels of nesting are accepted.`);
  try {
    JSON.parse(text);
  } catch {
    return bad(RPC.parseError, "The body is not valid JSON.");
  }
  const texts = elementTexts(text);
  if (texts.length === 0) return bad(RPC.invalidRequest, "The batch is empty.");
  if (texts.length > MAX_BATCH) return bad(RPC.invalidRequest, `A batch has at most ${MAX_BATCH} messages.`);
  return texts.map(parseMessage);
}

const BATCH = /^[ \t\r\n]*\[/;

/**
 * Parses one message. `-32700` for what is no JSON, `-32600` for what is no JSON-RPC 2.0 request, notification or
 * response; both with HTTP 400. A key given twice is refused: gateway, log and upstream must read the same message.
 */
export function parseMessage(text: string): Message | Response {
  const bad = (code: number, message: string, id = "null") => json(400, rpcError(id, code, message));
  if (jsonDepth(text) > LIMITS.jsonDepth)
    return bad(RPC.invalidRequest, `At most ${LIMITS.jsonDepth} levels of nesting are accepted.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad(RPC.parseError, "The body is not valid JSON.");
  }
  if (!isObject(value)) return bad(RPC.invalidRequest, "A JSON-RPC message is an object.");
  let spans: Map<string, Span>;
  try {
    spans = topLevelSpans(text);
  } catch {
    return bad(RPC.invalidRequest, "A key stands twice in the message.");
  }
  const has = (key: string) => Object.hasOwn(value, key);
  const idSpan = spans.get("id");
  const id = has("id") && isId(value.id) && idSpan ? text.slice(idSpan.valueStart, idSpan.valueEnd) : "null";
  const invalid = (message: string) => bad(RPC.invalidRequest, message, id);
  if (value.jsonrpc !== "2.0") return invalid('"jsonrpc" must be "2.0".');
  if (has("id") && !isId(value.id)) return invalid("The id must be an integer or a string of at most 256 characters.");
  if (!has("method")) {
    const oneOf = has("result") !== has("error");
    return oneOf && has("id")
      ? { kind: "response", text, id, method: "", params: undefined, spans }
      : invalid("The message has no method.");
  }
  if (typeof value.method !== "string" || value.method === "") return invalid("The method must be a string.");
  if (has("result") || has("error")) return invalid("A message is a request or a response, not both.");
  if (has("params") && !isObject(value.params)) return invalid("The params must be an object.");
  const params = isObject(value.params) ? value.params : undefined;
  return { kind: has("id") ? "request" : "notification", text, id, method: value.method, params, spans };
}
