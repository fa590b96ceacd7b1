import { LIMITS } from "@/lib/limits";
import { topLevelSpans } from "@/lib/mcp/json-span";
import { META_LOG_LEVEL } from "@/lib/mcp/protocol";
import type { UpstreamSession } from "@/lib/mcp/upstream";
import { withMember } from "../notifications";
import type { Scope } from "../scope";
import { moreVerbose } from "./notifications";

/** What each older session was last told. */
const told = new WeakMap<UpstreamSession, string>();

/** Whether a session must be told of a level before its next request. Costs next to nothing where nobody set one. */
export function needsLevel({ logLevel }: Pick<Scope, "logLevel">, session: UpstreamSession): boolean {
  return logLevel !== null && session.era === "legacy" && told.get(session) !== logLevel && canLog(session);
}

const canLog = ({ info }: UpstreamSession): boolean => info.capabilities.logging !== undefined;

/**
 * Tells an older server from which level on its messages are wanted. A session belongs to one client of the initialize
 * era, but modern clients of one token share theirs, so for them it only ever gets more verbose; what a request does not
 * want is left out of its answer. A refusal does not matter: messages are filtered all the same.
 */
export async function setLevel(
  scope: Pick<Scope, "logLevel" | "era" | "client">,
  session: UpstreamSession,
): Promise<void> {
  const before = told.get(session);
  const wanted = scope.logLevel ?? "info";
  const level = scope.era === "modern" && before !== undefined ? moreVerbose(before, wanted) : wanted;
  if (level === before) return;
  told.set(session, level);
  await session
    .request("logging/setLevel", JSON.stringify({ level }), { deadlineMs: LIMITS.probeMs, signal: scope.client.signal })
    .catch(() => undefined);
}

/**
 * An older client's params for a modern server: with the level it set, where the server has anything to log. One that set
 * none takes whatever comes, which here is from `info` on.
 */
export function withLevel(scope: Pick<Scope, "logLevel">, session: UpstreamSession, params: string): string {
  if (!canLog(session)) return params;
  const span = topLevelSpans(params).get("_meta");
  const meta = span && params[span.valueStart] === "{" ? params.slice(span.valueStart, span.valueEnd) : "{}";
  return withMember(params, "_meta", withMember(meta, META_LOG_LEVEL, JSON.stringify(scope.logLevel ?? "info")));
}
