import { LIMITS } from "@/lib/limits";
import { errorFields } from "@/lib/log";
import { splice, topLevelSpans } from "@/lib/mcp/json-span";
import { RPC } from "@/lib/mcp/protocol";
import { splitName } from "@/lib/mcp/tool-name";
import { UpstreamError } from "@/lib/mcp/transport";
import { errorResult, failureText } from "./failure-text";
import { contextHeaders, FunctionFailure } from "./functions";
import { type Injection, inject, MissingSecretError } from "./inject";
import { keepPayload } from "./kept-payloads";
import { refusalOf } from "./may-call";
import type { Message } from "./message";
import type { CallOutcome } from "./ports";
import { recipeOf } from "./recipe";
import { denial, intentOf, type ParsedCall, parseCall } from "./record";
import { rpcError, rpcResult } from "./responses";
import { type Engine, inFlightKey, type Scope } from "./scope";
import type { ExposedTool } from "./toolset";
import { UnavailableError } from "./unavailable";

type Settled = Omit<CallOutcome, "id" | "workspaceId" | "durationMs" | "resultSealed" | "resultKeyId">;

/**
 * The one path of a `tools/call`: check, resolve, record the intent, inject, forward, scrub, record the outcome.
 * Nothing reaches an upstream before its intent is committed, and a refused call leaves a row too.
 * @returns the JSON-RPC answer as text
 * @throws UnavailableError when the intent could not be committed: then nothing was sent
 */
export async function callTool(engine: Engine, scope: Scope, message: Message): Promise<string> {
  const startedAt = performance.now();
  const call = parseCall(message);
  if (typeof call === "string") return rpcError(message.id, RPC.invalidParams, call);
  const tool = await resolve(engine, scope, call.name);
  const intent = await intentOf(engine, scope, message, call, tool);
  if (!tool) {
    await record(engine, () => engine.calls.commit(denial(intent, "unknown_tool", RPC.invalidParams)));
    // One text for unknown and for switched off: the list is the only place that tells what exists.
    return rpcError(message.id, RPC.invalidParams, `Unknown tool: ${call.name}`);
  }
  const refusal = refusalOf(scope, tool, call, message);
  if (refusal) {
    await record(engine, () => engine.calls.commit(denial(intent, refusal.errorClass)));
    return rpcResult(message.id, errorResult(refusal.text));
  }
  const { memberId } = scope.principal;
  const injecting = inject(tool.server, scope.workspace, memberId, engine.keys, engine.crypto).catch(
    (error: unknown) => error,
  );
  await record(engine, () => engine.calls.commit(intent));
  const injection = await injecting;

  const settle = (settled: Settled, result: string | null = null) => {
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
  };
  const upstreamAt = performance.now();
  const beforeMs = since(startedAt);
  try {
    if (!isInjection(injection)) throw injection;
    engine.uses.note(scope, recipeOf(tool.server, scope.workspace, memberId).uses);
    const headers = {
      ...injection.headers,
      ...contextHeaders(tool.server, scope.workspace.id, { call: intent.id, memberId }),
    };
    const reply = await forward(engine, scope, message, tool, call, headers);
    const body = injection.redact(reply.json);
    const upstreamMs = since(upstreamAt);
    const { httpStatus: upstreamStatus } = reply;
    settle({ ...judge(reply.kind, body), upstreamStatus, upstreamMs, beforeMs, responseBytes: body.length }, body);
    return reply.kind === "result"
      ? rpcResult(message.id, body)
      : `{"jsonrpc":"2.0","id":${message.id},"error":${body}}`;
  } catch (error) {
    const gone = scope.client.signal.aborted || (error instanceof UpstreamError && error.reason === "aborted");
    settle({
      outcome: gone ? "client_closed" : "error",
      errorClass: gone ? "client_closed" : classOf(error),
      errorCode: null,
      upstreamStatus: error instanceof UpstreamError ? (error.status ?? null) : null,
      upstreamMs: error instanceof MissingSecretError ? null : since(upstreamAt),
      beforeMs: error instanceof MissingSecretError ? null : beforeMs,
      responseBytes: null,
    });
    engine.log.warn("gateway.call_failed", {
      call: intent.id,
      server: tool.server.slug,
      ...errorFields(error),
      reason: classOf(error),
    });
    return rpcResult(message.id, failureText(tool.server.slug, error, scope));
  }
}

/** The row of a call that is refused before its message is so much as looked at; nothing is asked of any upstream. */
export async function recordRefusal(engine: Engine, scope: Scope, message: Message, errorClass: string): Promise<void> {
  if (message.kind !== "request" || message.method !== "tools/call") return;
  const call = parseCall(message);
  if (typeof call === "string") return;
  const tool = engine.toolsets.known(scope.workspace).byName.get(call.name) ?? null;
  const intent = await intentOf(engine, scope, message, call, tool);
  await record(engine, () => engine.calls.commit(denial(intent, errorClass)));
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

async function record(engine: Engine, commit: () => Promise<void>): Promise<void> {
  try {
    await commit();
  } catch (cause) {
    engine.log.error("gateway.call_unrecorded", errorFields(cause));
    throw new UnavailableError("The call could not be recorded", { cause });
  }
}

/** The tool behind an exposed name. A name unknown so far makes its server be asked once, then counts as unknown. */
async function resolve(engine: Engine, scope: Scope, name: string): Promise<ExposedTool | null> {
  const known = engine.toolsets.known(scope.workspace).byName.get(name);
  if (known) return known;
  const slug = splitName(name)?.slug;
  const server = scope.workspace.servers.find((candidate) => candidate.slug === slug);
  if (!server || server.tools.length > 0) return null;
  return (await engine.toolsets.freshFor(server, scope.workspace, scope.principal.memberId)).byName.get(name) ?? null;
}

async function forward(
  engine: Engine,
  scope: Scope,
  message: Message,
  tool: ExposedTool,
  call: ParsedCall,
  headers: Record<string, string>,
) {
  const { valueStart: start, valueEnd: end } = call.nameSpan;
  const params = splice(call.paramsText, [{ start, end, text: JSON.stringify(tool.name) }]);
  const key = inFlightKey(scope, message.id);
  engine.inFlight.set(key, scope.client);
  try {
    const session = await engine.pool.session(tool.server, scope.workspace, {
      id: scope.principal.tokenId,
      memberId: scope.principal.memberId,
    });
    return await session.request("tools/call", params, {
      headers,
      signal: scope.client.signal,
      deadlineMs: LIMITS.callMs,
      onNotification: (json) => {
        if (json.includes('"notifications/progress"')) scope.emit(json);
      },
    });
  } finally {
    if (engine.inFlight.get(key) === scope.client) engine.inFlight.delete(key);
  }
}

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
  return error instanceof UpstreamError
    ? error.reason
    : error instanceof MissingSecretError
      ? "missing_secret"
      : "internal";
}
