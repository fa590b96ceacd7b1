import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { lockWorkspace } from "@/lib/services/workspace/touch";
import { requireEngine, runtimeId } from "./engine";
import { findFunction, namedOrActive } from "./find";
import { functionLogs } from "./logs";
import { ReleaseFunctionInput } from "./schemas";
import type { LogsView } from "./view";

/** Lets a deployment run again that was paused after crashes. @throws AppError `forbidden`, `not_found`, `conflict`, `unavailable` */
export async function releaseFunction(ctx: WorkspaceCtx, input: ReleaseFunctionInput): Promise<LogsView> {
  requirePermission(ctx, "function.manage");
  const { function: ref, deployment: id } = parse(ReleaseFunctionInput, input);
  const { server, fn } = await findFunction(ctx.db, ctx, ref);
  const { version, sha256 } = await namedOrActive(ctx.db, ctx, fn, id);
  const engine = requireEngine(ctx);
  const of = runtimeId(ctx, fn, sha256);
  if (engine.pausedUntil(of) !== null) {
    await ctx.db.transaction(async (tx) => {
      await lockWorkspace(tx, ctx.workspace.id);
      const target = { type: "function", id: fn.id, name: server.name };
      await audit(tx, ctx, "function.release", target, { after: { version, sha256 } });
    });
    engine.release(of);
  }
  return functionLogs(ctx, { function: ref, deployment: id });
}
