import { AppError } from "@/lib/errors";
import { FUNCTION_LIMITS } from "@/lib/functions/contract";
import type { FunctionEngine } from "@/lib/functions/engine";
import { FAILURE_HEADER, FAILURES, type Failure } from "@/lib/functions/failure";
import { newId } from "@/lib/ids";
import { wrapFetched } from "@/lib/mcp/fetch-transport";
import { UpstreamError, type UpstreamTransport } from "@/lib/mcp/transport";
import { openUpstream } from "@/lib/mcp/upstream";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { requireEngine, runtimeId, toLogLine } from "./engine";
import { findFunction, namedOrActive } from "./find";

import { TryFunctionInput } from "./schemas";
import type { TryView } from "./view";

/** Lines of the call may be under way when its answer is there. */
const TAIL_MS = 150;
const LONGEST = FUNCTION_LIMITS.longestDeadlineMs;

/**
 * Calls one tool of a deployment as the acting member, staged ones too, and shows what came and what it printed. It is
 * no call through the gateway: no rule is asked and no row of the call log written; outbound requests are recorded.
 * @throws AppError `forbidden`, `not_found`, `invalid` (field `tool`), `conflict` where nothing is deployed, `unavailable`
 */
export async function tryFunction(ctx: WorkspaceCtx, input: TryFunctionInput): Promise<TryView> {
  requirePermission(ctx, "function.manage");
  const { function: ref, deployment: id, tool, arguments: args } = parse(TryFunctionInput, input);
  const { fn } = await findFunction(ctx.db, ctx, ref);
  const deployment = await namedOrActive(ctx.db, ctx, fn, id);
  if (!deployment.tools.some(({ name }) => name === tool))
    throw new AppError("invalid", "This deployment has no such tool.", { field: "tool" });
  const engine = requireEngine(ctx);
  const call = newId("call", ctx.now().getTime());
  const of = { ...runtimeId(ctx, fn, deployment.sha256), rev: fn.rev };
  const lines: TryView["logs"] = [];
  const unwatch = engine.watch(of, (line) => {
    if (line.call === undefined || line.call === call) lines.push(toLogLine(line));
  });
  const failure: { code?: Failure } = {};
  const transport = transportTo(engine, { ...of, call, user: ctx.memberId }, failure);
  const startedAt = performance.now();
  try {
    const answer = await callTool(transport, tool, args).catch(toAnswer);
    const ms = performance.now() - startedAt;
    await new Promise((resolve) => setTimeout(resolve, TAIL_MS));
    return { call, ms, logs: lines, ...(failure.code ? failedBy(failure.code) : answer) };
  } finally {
    unwatch();
  }
}

type Answer = Pick<TryView, "outcome" | "result" | "error">;

async function callTool(transport: UpstreamTransport, tool: string, args: Record<string, unknown>): Promise<Answer> {
  const target = { url: "http://runtime/mcp", transport: "streamable-http" as const, headers: {} };
  const session = await openUpstream(transport, target, { deadlineMs: LONGEST });
  try {
    const params = JSON.stringify({ name: tool, arguments: args });
    const reply = await session.request("tools/call", params, { deadlineMs: LONGEST });
    if (reply.kind === "error") {
      const { code, message } = JSON.parse(reply.json) as { code?: unknown; message?: unknown };
      return {
        outcome: "error",
        result: null,
        error: { code: String(code), message: String(message).slice(0, 2_000) },
      };
    }
    const { isError } = JSON.parse(reply.json) as { isError?: unknown };
    return { outcome: isError === true ? "tool_error" : "ok", result: reply.json, error: null };
  } finally {
    session.close();
  }
}

/** Requests go to the engine, whatever their URL says. Notes the failure that an answer names. */
const transportTo =
  (
    engine: FunctionEngine,
    context: Parameters<FunctionEngine["call"]>[0],
    failure: { code?: Failure },
  ): UpstreamTransport =>
  async ({ method, headers, body, signal }) => {
    const response = await engine.call(context, new Request("http://runtime/mcp", { method, headers, body, signal }));
    const code = response.headers.get(FAILURE_HEADER);
    // The end of a session (DELETE) is refused by every function, and says nothing of the call.
    if (method === "POST" && code !== null && Object.hasOwn(FAILURES, code)) failure.code = code as Failure;
    return wrapFetched(response);
  };

/** Our own failure, in our words. */
const failedBy = (code: Failure): Answer => ({
  outcome: "error",
  result: null,
  error: { code, message: FAILURES[code][1] },
});

function toAnswer(error: unknown): Answer {
  if (!(error instanceof UpstreamError)) throw error;
  return { outcome: "error", result: null, error: { code: error.reason, message: error.message } };
}
