import { splice, topLevelSpans } from "./json-span";
import { withoutModernMeta } from "./request-meta";
import { UpstreamError } from "./transport";
import type { ClientReply } from "./upstream";

/** Levels of nesting an upstream's message may have; deeper ones would break weaker readers behind us. */
const MAX_DEPTH = 256;

/** A message from an upstream; `json` and ids are raw JSON text. */
export type Incoming =
  | { kind: "reply"; id: string; member: "result" | "error"; json: string }
  | { kind: "request"; id: string; method: string; params: string | undefined }
  | { kind: "notification"; method: string; json: string };

const notMcp = () => new UpstreamError("not_mcp", "The server's answer is not a valid MCP message");

/** Reads one JSON-RPC message, keeping its parts as text. @throws UpstreamError `not_mcp` */
export function readMessage(text: string): Incoming {
  try {
    const spans = topLevelSpans(text, MAX_DEPTH);
    JSON.parse(text); // The scan above trusts the insides; this proves them, natively fast.
    const raw = (key: string) => {
      const span = spans.get(key);
      return span && text.slice(span.valueStart, span.valueEnd);
    };
    const [id, method, result, error] = [raw("id"), raw("method"), raw("result"), raw("error")];
    if (raw("jsonrpc") !== '"2.0"') throw notMcp();
    if (method !== undefined) {
      const name: unknown = JSON.parse(method);
      if (typeof name !== "string") throw notMcp();
      return id === undefined
        ? { kind: "notification", method: name, json: text }
        : { kind: "request", id, method: name, params: raw("params") };
    }
    const member = result !== undefined ? "result" : "error";
    const json = result ?? error;
    if (id === undefined || !json?.startsWith("{") || (result !== undefined && error !== undefined)) throw notMcp();
    return { kind: "reply", id, member, json };
  } catch {
    throw notMcp();
  }
}

/** A request ready to send. `token` is the caller's own progress token as raw JSON, where it asked for progress. */
export interface Outgoing {
  id: number;
  body: string;
  token: string | null;
}

type Range = { start: number; end: number };

/** The value of `inner` in the object `outer` of the object `json`; null where it is absent. @throws SyntaxError on a key given twice */
function innerSpan(json: string, [outer, inner]: [outer: string, inner: string]): Range | null {
  const span = topLevelSpans(json).get(outer);
  if (!span || json[span.valueStart] !== "{") return null;
  const found = topLevelSpans(json.slice(span.valueStart, span.valueEnd)).get(inner);
  return found ? { start: span.valueStart + found.valueStart, end: span.valueStart + found.valueEnd } : null;
}

/** A caller's `_meta` that is ambiguous asks for no progress; its bytes go on as they are. */
function callerToken(params: string): Range | null {
  try {
    return innerSpan(params, ["_meta", "progressToken"]);
  } catch {
    return null;
  }
}

function progressSpan(json: string): Range | null {
  try {
    return innerSpan(json, ["params", "progressToken"]);
  } catch {
    throw notMcp();
  }
}

/**
 * Wraps a caller's raw params for a revision that begins with `initialize`. Progress tokens of many callers meet in one
 * upstream session, so each is replaced by the request's id, which is unique there; what belongs to a modern envelope
 * is taken out of `_meta`; all other bytes stay.
 */
export function writeRequest(id: number, method: string, paramsJson: string | undefined): Outgoing {
  let params = withoutModernMeta(paramsJson);
  let token: string | null = null;
  if (params?.includes("progressToken")) {
    const span = callerToken(params);
    if (span) {
      token = params.slice(span.start, span.end);
      params = splice(params, [{ ...span, text: String(id) }]);
    }
  }
  const tail = params === undefined ? "}" : `,"params":${params}}`;
  return { id, token, body: `{"jsonrpc":"2.0","id":${id},"method":${JSON.stringify(method)}${tail}` };
}

/** A notification's text. @param paramsJson raw JSON */
export const writeNotification = (method: string, paramsJson?: string): string =>
  `{"jsonrpc":"2.0","method":${JSON.stringify(method)}${paramsJson === undefined ? "" : `,"params":${paramsJson}`}}`;

/** Tells an upstream that nobody waits for the answer to that request any more. */
export const writeCancelled = (requestId: number, reason: string): string =>
  writeNotification("notifications/cancelled", JSON.stringify({ requestId, reason }));

/** The answer to a request of the upstream; `id` and `json` are raw JSON. */
export const writeReply = (id: string, { kind, json }: ClientReply): string =>
  `{"jsonrpc":"2.0","id":${id},"${kind}":${json}}`;

/** Raw progress token of a progress notification; null for any other message. @throws UpstreamError `not_mcp` where it is ambiguous */
export function progressTokenOf(notification: { method: string; json: string }): string | null {
  if (notification.method !== "notifications/progress") return null;
  const span = progressSpan(notification.json);
  return span && notification.json.slice(span.start, span.end);
}

/** The notification with its token replaced by the caller's own, byte for byte as the caller wrote it. */
export function restoreToken(json: string, token: string): string {
  const span = progressSpan(json);
  return span ? splice(json, [{ ...span, text: token }]) : json;
}
