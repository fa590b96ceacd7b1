import { topLevelSpans } from "@/lib/mcp/json-span";
import { META_SERVER_INFO } from "@/lib/mcp/protocol";
import type { UpstreamInfo } from "@/lib/mcp/upstream";
import { VERSION } from "@/lib/version";
import { withMember } from "./notifications";
import type { View } from "./scope";

/** The outcome of one request, complete for its client's era: raw JSON text of the `result` or `error` member. */
export interface Answer {
  kind: "result" | "error";
  json: string;
}

/** How long a modern client may keep what the gateway composes, ms: as long as changes may take to reach it. */
const TTL_MS = 5_000;

export const success = (json: string): Answer => ({ kind: "result", json });

/** A JSON-RPC error. */
export const failure = (code: number, message: string, data?: unknown): Answer => ({
  kind: "error",
  json: JSON.stringify({ code, message, data }),
});

/** Who answers, as JSON text: the gateway; on a single-server endpoint the server, where it said who it is. */
export function identityOf({ workspace, only }: View, info: UpstreamInfo | null): string {
  if (only && info?.serverInfo) return JSON.stringify(info.serverInfo);
  return JSON.stringify({ name: "aerostack", title: `${workspace.name} (Aerostack)`, version: VERSION });
}

/**
 * A result that the gateway itself makes.
 * @param members JSON text of its members, without the braces
 * @param cacheable whether the method is one of the six whose results say how long they hold (2026-07-28, "Caching")
 */
export function ownResult(view: View, members: string, cacheable: boolean, info: UpstreamInfo | null = null): Answer {
  if (view.era === "legacy") return success(`{${members}}`);
  const cache = cacheable ? `"ttlMs":${TTL_MS},"cacheScope":"private",` : "";
  const rest = members === "" ? "" : `${members},`;
  const meta = `"_meta":{${JSON.stringify(META_SERVER_INFO)}:${identityOf(view, info)}}`;
  return success(`{"resultType":"complete",${rest}${cache}${meta}}`);
}

/**
 * An older server's result for a modern client: all its bytes, and what the newer revision asks of every result.
 * @param ttlMs set for `resources/read`, the one cacheable method whose result is not the gateway's own
 */
export function modernised(view: View, result: string, info: UpstreamInfo | null, ttlMs: number | null): string {
  const spans = topLevelSpans(result);
  const add: string[] = [];
  if (!spans.has("resultType")) add.push('"resultType":"complete"');
  if (ttlMs !== null && !spans.has("ttlMs")) add.push(`"ttlMs":${ttlMs}`);
  if (ttlMs !== null && !spans.has("cacheScope")) add.push('"cacheScope":"private"');
  const meta = spans.get("_meta");
  const known = meta && result[meta.valueStart] === "{" ? result.slice(meta.valueStart, meta.valueEnd) : "{}";
  const named = known.includes(META_SERVER_INFO) ? known : withMember(known, META_SERVER_INFO, identityOf(view, info));
  const first = result.indexOf("{") + 1;
  const whole = add.length === 0 ? result : `{${add.join(",")}${spans.size > 0 ? "," : ""}${result.slice(first)}`;
  return withMember(whole, "_meta", named);
}
