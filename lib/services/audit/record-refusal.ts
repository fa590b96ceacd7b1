import { AppError } from "@/lib/errors";
import { errorFields } from "@/lib/log";
import type { WorkspaceCtx } from "@/lib/services/context";
import { onceAMinute } from "./once-a-minute";
import { audit } from "./record";

const limiter = onceAMinute();

/**
 * Notes that a member tried what their role may not do; every other error is none of this. Once a minute for a person and
 * what they tried, with how often it was meanwhile. Never fails: the refusal itself is what counts.
 */
export async function recordRefusal(ctx: WorkspaceCtx, error: unknown): Promise<void> {
  if (!(error instanceof AppError) || error.code !== "forbidden") return;
  const { id, name } = ctx.workspace;
  const before = limiter.due(`${id} ${ctx.actor.id} ${error.message}`, ctx.now().getTime());
  if (before === null) return;
  const after = { reason: error.message, ...(before > 0 && { triedBefore: before }) };
  try {
    await ctx.db.transaction((tx) => audit(tx, ctx, "access.denied", { type: "workspace", id, name }, { after }));
  } catch (cause) {
    ctx.log.warn("audit.refusal_unrecorded", errorFields(cause));
  }
}

/** Runs what a member asked for; where their role may not, that is noted. */
export async function notingRefusals<T>(ctx: WorkspaceCtx, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await recordRefusal(ctx, error);
    throw error;
  }
}
