import { LIMITS } from "@/lib/limits";
import { errorFields } from "@/lib/log";
import { topLevelSpans } from "@/lib/mcp/json-span";
import { UpstreamError } from "@/lib/mcp/transport";
import type { RequestOptions, UpstreamReply, UpstreamSession } from "@/lib/mcp/upstream";
import type { Answer } from "./answer";
import { onRequestOf } from "./bridge/ask";
import { type Told, toldOf } from "./bridge/client-capabilities";
import { needsLevel, setLevel, withLevel } from "./bridge/log-level";
import { isForClient } from "./bridge/notifications";
import { inRounds, NoInputError } from "./bridge/rounds";
import { contextHeaders, FunctionFailure } from "./functions";
import { type Injection, inject, MissingSecretError } from "./inject";
import { keepPayload } from "./kept-payloads";
import type { CallIntent, CallOutcome, UpstreamServer } from "./ports";
import { recipeOf } from "./recipe";
import { commit } from "./record";
import { clientIdOf, type Engine, type Scope } from "./scope";

/** One request for a server, and what becomes of its answer. */
export interface Errand {
  server: UpstreamServer;
  method: string;
  /** Raw params with the server's own names. */
  params: string;
  /** What the request is for; a modern client that goes on with it must be asking for the same. */
  subject: string;
  /** The same for other raw params, still under the client's names. */
  again(params: string): Errand;
  /** Protocol headers for a modern server. */
  paramHeaders(): Record<string, string> | undefined;
  /** The client's answer for the server's, of which secrets were taken out. */
  finish(scope: Scope, session: UpstreamSession, reply: UpstreamReply): Answer | Promise<Answer>;
  /** The client's answer where there is none of the server. */
  fail(scope: Scope, error: unknown): Answer;
}

type Settled = Omit<CallOutcome, "id" | "workspaceId" | "durationMs" | "resultSealed" | "resultKeyId">;

/** One request on its way. */
interface Delivery {
  engine: Engine;
  intent: CallIntent;
  errand: Errand;
  told: Told;
  startedAt: number;
  beforeMs: number;
  upstreamAt: number;
}

/**
 * The one path to a server for whatever is recorded: the intent is committed, secrets are injected, the request goes out,
 * secrets are taken out of the answer, the outcome is recorded. A modern client's call of an older server that may ask
 * something goes on here while it is held.
 * @param startedAt of the client's request (`performance.now()`)
 * @throws UnavailableError when the intent could not be committed: then nothing was sent
 */
export async function deliver(
  engine: Engine,
  scope: Scope,
  intent: CallIntent,
  errand: Errand,
  startedAt: number,
): Promise<Answer> {
  const { server } = errand;
  const { workspace, principal } = scope;
  const { memberId } = principal;
  const injecting = inject(server, workspace, memberId, engine.keys, engine.crypto).catch((error: unknown) => error);
  await commit(engine, intent);
  const injection = await injecting;
  const told = toldOf(scope, scope.capabilities, server);
  const upstreamAt = performance.now();
  const delivery = { engine, intent, errand, told, startedAt, beforeMs: since(startedAt), upstreamAt };
  let session: UpstreamSession;
  try {
    if (!isInjection(injection)) throw injection;
    engine.uses.note(scope, recipeOf(server, workspace, memberId).uses);
    const owner = { id: clientIdOf(scope), memberId };
    session = await engine.pool.session(server, workspace, owner, told.profile);
  } catch (error) {
    return failed(delivery, scope, error);
  }
  if (told.asks && scope.era === "modern" && session.era === "legacy")
    return engine.holds.run(scope, errand.subject, errand.params, (held) =>
      converse(delivery, held, session, injection),
    );
  return converse(delivery, scope, session, injection);
}

/** Sends the request, settles its row, makes the client's answer. */
async function converse(
  delivery: Delivery,
  scope: Scope,
  session: UpstreamSession,
  injection: Injection,
): Promise<Answer> {
  const { errand, intent, told, beforeMs, upstreamAt } = delivery;
  const { redact } = injection;
  let reply: UpstreamReply;
  try {
    const context = { call: intent.id, memberId: scope.principal.memberId };
    const options: RequestOptions = {
      headers: { ...injection.headers, ...contextHeaders(errand.server, scope.workspace.id, context) },
      signal: scope.client.signal,
      deadlineMs: LIMITS.callMs,
      onNotification: (json) => {
        if (isForClient(scope, json)) scope.emit(redact(json));
      },
      onRequest: onRequestOf(scope, told.asks, redact),
    };
    if (needsLevel(scope, session)) await setLevel(scope, session);
    const raw = await (session.era === "legacy"
      ? session.request(errand.method, errand.params, options)
      : toModern(errand, scope, session, options, redact));
    const body = redact(raw.json);
    reply = body === raw.json ? raw : { ...raw, json: body };
    const { httpStatus: upstreamStatus } = raw;
    const upstreamMs = since(upstreamAt);
    const judged = judge(raw.kind, body);
    settle(delivery, scope, { ...judged, upstreamStatus, upstreamMs, beforeMs, responseBytes: body.length }, body);
  } catch (error) {
    return failed(delivery, scope, error);
  }
  return errand.finish(scope, session, reply);
}

/** To a server of 2026-07-28: with its headers, and for an older client in as many rounds as it takes. */
function toModern(
  errand: Errand,
  scope: Scope,
  session: UpstreamSession,
  options: RequestOptions,
  redact: (text: string) => string,
): Promise<UpstreamReply> {
  const { method, params } = errand;
  const whole = { ...options, paramHeaders: errand.paramHeaders() };
  if (scope.era === "modern") return session.request(method, params, whole);
  const send = (next: string, deadlineMs: number) => session.request(method, next, { ...whole, deadlineMs });
  return inRounds(scope, withLevel(scope, session, params), send, redact);
}

function failed(delivery: Delivery, scope: Scope, error: unknown): Answer {
  const { engine, intent, errand, beforeMs, upstreamAt } = delivery;
  const gone = scope.client.signal.aborted || (error instanceof UpstreamError && error.reason === "aborted");
  const missing = error instanceof MissingSecretError;
  settle(delivery, scope, {
    outcome: gone ? "client_closed" : "error",
    errorClass: gone ? "client_closed" : classOf(error),
    errorCode: null,
    upstreamStatus: error instanceof UpstreamError ? (error.status ?? null) : null,
    upstreamMs: missing ? null : since(upstreamAt),
    beforeMs: missing ? null : beforeMs,
    responseBytes: null,
  });
  engine.log.warn("gateway.call_failed", {
    call: intent.id,
    server: errand.server.slug,
    ...errorFields(error),
    reason: classOf(error),
  });
  return errand.fail(scope, error);
}

function settle(
  { engine, intent, startedAt }: Delivery,
  scope: Scope,
  settled: Settled,
  result: string | null = null,
): void {
  const { id, workspaceId } = intent;
  const outcome = {
    ...settled,
    id,
    workspaceId,
    durationMs: since(startedAt),
    resultSealed: null,
    resultKeyId: null,
  };
  if (result === null || !scope.workspace.keepResults) engine.calls.settle(outcome);
  else engine.calls.settleAfter(withResult(engine, scope, outcome, result));
}

/** Looks through and seals the result once the answer is on its way: nobody waits for it. */
async function withResult(engine: Engine, scope: Scope, outcome: CallOutcome, json: string): Promise<CallOutcome> {
  await new Promise((resolve) => setTimeout(resolve));
  const kept = await keepPayload(engine, scope, { callId: outcome.id, part: "result" }, json);
  return kept ? { ...outcome, resultSealed: kept.sealed, resultKeyId: kept.keyId } : outcome;
}

/** ms since `start`, to the microsecond. */
const since = (start: number): number => Math.round((performance.now() - start) * 1_000) / 1_000;

const isInjection = (value: unknown): value is Injection => !(value instanceof Error);

/** Reads only what the row needs: `isError` of a result, `code` of an error. */
function judge(kind: "result" | "error", body: string): Pick<Settled, "outcome" | "errorClass" | "errorCode"> {
  if (kind === "error") {
    const code = (JSON.parse(body) as { code?: unknown }).code;
    return { outcome: "error", errorClass: "rpc_error", errorCode: Number.isInteger(code) ? Number(code) : null };
  }
  const flag = topLevelSpans(body).get("isError");
  const isError = flag !== undefined && body.slice(flag.valueStart, flag.valueEnd) === "true";
  return isError
    ? { outcome: "tool_error", errorClass: "tool_error", errorCode: null }
    : { outcome: "ok", errorClass: null, errorCode: null };
}

function classOf(error: unknown): string {
  if (error instanceof FunctionFailure) return error.failure;
  if (error instanceof UpstreamError) return error.reason;
  if (error instanceof MissingSecretError) return "missing_secret";
  return error instanceof NoInputError ? "no_input" : "internal";
}
