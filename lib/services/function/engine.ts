import { AppError } from "@/lib/errors";
import type { LogLine } from "@/lib/functions/contract";
import type { Ctx, FunctionEngine, WorkspaceCtx } from "@/lib/services/context";
import { iso } from "@/lib/services/fields";
import type { FunctionRow } from "./find";
import type { EngineView, LogLineView } from "./view";

const NONE = "Functions run where the server was started with npm start, not in this deployment of it.";

/** The engine that makes functions: bundles, checks, reads documents. @throws AppError `unavailable` */
export function requireCompiler(ctx: Ctx): FunctionEngine {
  if (!ctx.functions) throw new AppError("unavailable", NONE);
  return ctx.functions;
}

/** The engine where it can also run functions. @throws AppError `unavailable` with the reason */
export function requireEngine(ctx: Ctx): FunctionEngine {
  const engine = requireCompiler(ctx);
  const state = engine.available();
  if (!state.ok) throw new AppError("unavailable", `Functions cannot run on this machine: ${state.reason}`);
  return engine;
}

/** Whether functions can run here, for pages. */
export function engineView(ctx: Ctx): EngineView {
  const state = ctx.functions?.available() ?? { ok: false as const, reason: NONE };
  return state.ok ? { ok: true, reason: null } : { ok: false, reason: state.reason };
}

/** A deployment as the runtime names it. */
export const runtimeId = (ctx: WorkspaceCtx, fn: FunctionRow, sha256: string) => ({
  ws: ctx.workspace.id,
  ins: fn.serverId,
  dep: sha256,
});

/** Until when a deployment is paused, for views; null where it is not, or where nothing runs. */
export function pausedUntil(ctx: WorkspaceCtx, fn: FunctionRow, sha256: string): string | null {
  const until = ctx.functions?.pausedUntil(runtimeId(ctx, fn, sha256)) ?? null;
  return until === null ? null : iso(new Date(until));
}

export const toLogLine = ({ at, level, text, call }: LogLine): LogLineView => ({
  time: iso(new Date(at)),
  level,
  text,
  call: call ?? null,
});
