import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { pausedUntil, requireEngine, runtimeId, toLogLine } from "./engine";
import { findFunction, namedOrActive } from "./find";
import { FunctionLogsInput } from "./schemas";
import type { LogLineView, LogsView } from "./view";

/** The last lines that a deployment printed, kept in memory since this server started. @throws AppError `forbidden`, `not_found` */
export async function functionLogs(ctx: WorkspaceCtx, input: FunctionLogsInput): Promise<LogsView> {
  requirePermission(ctx, "function.manage");
  const { function: ref, deployment: id } = parse(FunctionLogsInput, input);
  const { fn } = await findFunction(ctx.db, ctx, ref);
  if (id === undefined && fn.activeDeploymentId === null) return { deployment: null, lines: [], pausedUntil: null };
  const deployment = await namedOrActive(ctx.db, ctx, fn, id);
  const lines = ctx.functions?.logs(runtimeId(ctx, fn, deployment.sha256)) ?? [];
  return {
    deployment: { id: deployment.id, version: deployment.version },
    lines: lines.map(toLogLine),
    pausedUntil: pausedUntil(ctx, fn, deployment.sha256),
  };
}

/** Lines of a deployment so far, and the way to hear of more; `watch` returns the way to stop. */
export interface LogTail {
  lines: LogLineView[];
  watch(listener: (line: LogLineView) => void): () => void;
}

/** For a live view of a deployment's log. @throws AppError `forbidden`, `not_found`, `conflict`, `unavailable` */
export async function tailLogs(ctx: WorkspaceCtx, input: FunctionLogsInput): Promise<LogTail> {
  requirePermission(ctx, "function.manage");
  const { function: ref, deployment: id } = parse(FunctionLogsInput, input);
  const { fn } = await findFunction(ctx.db, ctx, ref);
  const { sha256 } = await namedOrActive(ctx.db, ctx, fn, id);
  const engine = requireEngine(ctx);
  const of = runtimeId(ctx, fn, sha256);
  return {
    lines: engine.logs(of).map(toLogLine),
    watch: (listener) => engine.watch(of, (line) => listener(toLogLine(line))),
  };
}
