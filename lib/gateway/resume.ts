import { topLevelSpans } from "@/lib/mcp/json-span";
import { type Era, RPC } from "@/lib/mcp/protocol";
import { type Answer, failure } from "./answer";
import { toldOf } from "./bridge/client-capabilities";
import { invalidState } from "./bridge/holds";
import { readInputResponses } from "./bridge/input-required";
import { NoInputError } from "./bridge/rounds";
import { looksOurs } from "./bridge/sealed-state";
import { agreed, opensUrls } from "./bridge/urls-required";
import { deliver, type Errand } from "./deliver";
import type { Message } from "./message";
import type { CallIntent, UpstreamServer } from "./ports";
import { commit, denial } from "./record";
import { clientIdOf, type Engine, type Scope } from "./scope";

/** What a request that brings a `requestState` leads to. */
type Resumption =
  /** It went on with a held call, which has its row already. */
  | { answer: Answer }
  /** The user would not open a page that the server needs opened. */
  | { declined: true }
  /** It is a new request, with these params. */
  | { params: string };

/**
 * Delivers a request, or goes on with what an earlier `input_required` of the gateway's own was for, where the request
 * brings such a state back: then it is the same call, which has its row already, or the one call after pages were opened.
 * @param paramsText the request's raw params
 * @throws UnavailableError when its row could not be committed
 */
export async function deliverOrResume(
  engine: Engine,
  scope: Scope,
  intent: CallIntent,
  errand: Errand,
  request: { message: Message; paramsText: string; startedAt: number },
): Promise<Answer> {
  const { message, paramsText, startedAt } = request;
  const resumed =
    scope.era === "modern" ? await resumeOwn(engine, scope, errand, message.params?.requestState, paramsText) : null;
  if (!resumed) return deliver(engine, scope, intent, errand, startedAt);
  if ("answer" in resumed) return resumed.answer;
  if ("params" in resumed) return deliver(engine, scope, intent, errand.again(resumed.params), startedAt);
  await commit(engine, denial(intent, "no_input"));
  return errand.fail(scope, new NoInputError("needs a page opened that the user would not open"));
}

/** States of modern servers are theirs and pass. Null: this request brings none of ours. */
async function resumeOwn(
  engine: Engine,
  scope: Scope,
  { server, subject }: Errand,
  state: unknown,
  params: string,
): Promise<Resumption | null> {
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

async function eraOf({ pool }: Engine, scope: Scope, server: UpstreamServer): Promise<Era | null> {
  const { profile } = toldOf(scope, scope.capabilities, server);
  const owner = { id: clientIdOf(scope), memberId: scope.principal.memberId };
  const session = await pool.session(server, scope.workspace, owner, profile).catch(() => null);
  return session?.era ?? server.era;
}

function withoutInput(params: string): string {
  const kept = [...topLevelSpans(params)].filter(([key]) => key !== "inputResponses" && key !== "requestState");
  return `{${kept.map(([, span]) => params.slice(span.keyStart, span.valueEnd)).join(",")}}`;
}
