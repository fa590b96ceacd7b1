import { topLevelSpans } from "@/lib/mcp/json-span";
import { type Era, RPC } from "@/lib/mcp/protocol";
import { type Answer, failure } from "./answer";
import { toldOf } from "./bridge/client-capabilities";
import { invalidState } from "./bridge/holds";
import { readInputResponses } from "./bridge/input-required";
import { looksOurs } from "./bridge/sealed-state";
import { agreed, opensUrls } from "./bridge/urls-required";
import type { Message } from "./message";
import type { UpstreamServer } from "./ports";
import type { Engine, Scope } from "./scope";

/** What a request that brings a `requestState` leads to. */
export type Resumption =
  /** It went on with a held call, which has its row already. */
  | { answer: Answer }
  /** The user would not open a page that the server needs opened. */
  | { declined: true }
  /** It is a new request, with these params. */
  | { params: string };

/**
 * Goes on with what an earlier `input_required` of the gateway's own was for. States of modern servers are theirs and
 * pass. Null: this request brings none of ours.
 * @param subject what the request is for
 * @param params its raw params
 */
export async function resumeOwn(
  engine: Pick<Engine, "keys" | "holds" | "pool">,
  scope: Scope,
  server: UpstreamServer,
  subject: string,
  message: Message,
  params: string,
): Promise<Resumption | null> {
  const state = message.params?.requestState;
  if (!looksOurs(state)) return null;
  if (await opensUrls(engine.keys, scope, subject, state)) {
    try {
      if (!agreed(readInputResponses(params).values())) return { declined: true };
    } catch {
      return { answer: failure(RPC.invalidParams, "params.inputResponses must be an object, each key once.") };
    }
    return { params: withoutInput(params) };
  }
  const answer = await engine.holds.resume(scope, subject, state, params);
  if (answer) return { answer };
  // A gateway like this one may stand behind this one, with states like these.
  return (await eraOf(engine, scope, server)) === "legacy" ? { answer: invalidState() } : null;
}

async function eraOf({ pool }: Pick<Engine, "pool">, scope: Scope, server: UpstreamServer): Promise<Era | null> {
  const { profile } = toldOf(scope, scope.capabilities, server);
  const owner = { id: scope.principal.tokenId, memberId: scope.principal.memberId };
  const session = await pool.session(server, scope.workspace, owner, profile).catch(() => null);
  return session?.era ?? server.era;
}

function withoutInput(params: string): string {
  const kept = [...topLevelSpans(params)].filter(([key]) => key !== "inputResponses" && key !== "requestState");
  return `{${kept.map(([, span]) => params.slice(span.keyStart, span.valueEnd)).join(",")}}`;
}
