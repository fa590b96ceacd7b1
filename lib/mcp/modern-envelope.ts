import type { Outgoing } from "./envelope";
import { encodeHeaderValue } from "./header-value";
import { topLevelSpans } from "./json-span";
import type { Link } from "./post";
import { MODERN_VERSION } from "./protocol";
import { withEnvelope } from "./request-meta";

/** What stands for a session where there is none. */
export const MODERN: Link = {
  info: { protocolVersion: MODERN_VERSION, serverInfo: null, capabilities: {} },
  sessionId: null,
};

/** A request of 2026-07-28: its body, and the headers that repeat what is in it. */
export interface ModernOutgoing extends Outgoing {
  headers: Record<string, string>;
}

/** Which member of the params `Mcp-Name` repeats; other methods have none. */
function nameKey(method: string): string | null {
  if (method === "tools/call" || method === "prompts/get") return "name";
  if (method === "resources/read") return "uri";
  return method.startsWith("tasks/") ? "taskId" : null;
}

/**
 * Puts a caller's params into the envelope of 2026-07-28.
 * @param envelope of the session (`envelopeOf`)
 * @throws SyntaxError where the params are no object, or ambiguous
 */
export function writeModern(
  id: number,
  method: string,
  paramsJson: string | undefined,
  envelope: string,
): ModernOutgoing {
  const { params, token } = withEnvelope(paramsJson, envelope, id);
  const headers: Record<string, string> = { "mcp-method": encodeHeaderValue(method) };
  const key = nameKey(method);
  const span = key === null ? undefined : topLevelSpans(params).get(key);
  const name: unknown = span && JSON.parse(params.slice(span.valueStart, span.valueEnd));
  if (typeof name === "string") headers["mcp-name"] = encodeHeaderValue(name);
  const body = `{"jsonrpc":"2.0","id":${id},"method":${JSON.stringify(method)},"params":${params}}`;
  return { id, token, headers, body };
}
