import { topLevelSpans } from "@/lib/mcp/json-span";
import type { Scope } from "../scope";

/** Least to most severe (RFC 5424). */
export const LEVELS = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"] as const;

/** Whether a client that wants `least` and worse wants a message of `level`. */
export const isWanted = (level: string, least: string | null): boolean => least === null || rank(level) >= rank(least);

/** The more verbose of two levels. */
export const moreVerbose = (a: string, b: string): string => (rank(a) <= rank(b) ? a : b);

/** A level that nobody knows counts as the worst, so that it is not lost. */
function rank(level: string): number {
  const at = (LEVELS as readonly string[]).indexOf(level);
  return at < 0 ? LEVELS.length : at;
}

/**
 * Whether a notification that a server sent while it worked on a request is for the request's client: its progress, its
 * log messages from the wanted level on, and to older clients that a URL elicitation was completed. Changes of lists and
 * resources reach clients by their own streams.
 */
export function isForClient(scope: Pick<Scope, "era" | "logLevel" | "only">, json: string): boolean {
  const { method, params } = read(json);
  switch (method) {
    case "notifications/progress":
      return true;
    case "notifications/message":
      if (scope.era === "modern" && scope.logLevel === null) return false;
      return isWanted(levelOf(params), scope.logLevel);
    case "notifications/elicitation/complete":
      return scope.era === "legacy";
    case "notifications/tasks/status":
      return scope.era === "legacy" && scope.only !== null;
    default:
      return false;
  }
}

function read(json: string): { method: string; params: string } {
  const spans = topLevelSpans(json);
  const raw = (key: string) => {
    const span = spans.get(key);
    return span ? json.slice(span.valueStart, span.valueEnd) : "";
  };
  const method = raw("method");
  return { method: method.startsWith('"') ? (JSON.parse(method) as string) : "", params: raw("params") };
}

function levelOf(params: string): string {
  const { level } = (params.startsWith("{") ? JSON.parse(params) : {}) as { level?: unknown };
  return typeof level === "string" ? level : "";
}
