import { and, eq, sql } from "drizzle-orm";
import { functions } from "@/db/schema/functions";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { findFunction } from "./find";
import { getFunction } from "./get";
import { activeOf } from "./release-candidate";
import { SetVarsInput } from "./schemas";
import type { FunctionDetail } from "./view";

/**
 * Replaces a function's plain settings; its next call starts with them. The audit row names them without their text.
 * @throws AppError `forbidden`, `not_found`, `invalid`
 */
export async function setVars(ctx: WorkspaceCtx, input: SetVarsInput): Promise<FunctionDetail> {
  requirePermission(ctx, "function.manage");
  const { function: ref, vars } = parse(SetVarsInput, input);
  await ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const hosted = await findFunction(tx, ctx, ref, true);
    const { server, fn } = hosted;
    const secret = Object.keys((await activeOf(tx, hosted))?.manifest.secrets ?? {}).find((name) =>
      Object.hasOwn(vars, name),
    );
    if (secret !== undefined)
      throw new AppError("invalid", "The function declares a secret of this name. Set it under Secrets.", {
        field: `vars.${secret}`,
      });
    await tx
      .update(functions)
      .set({ vars, rev: sql`${functions.rev} + 1`, updatedAt: ctx.now() })
      .where(and(eq(functions.workspaceId, ctx.workspace.id), eq(functions.id, fn.id)));
    await audit(
      tx,
      ctx,
      "function.update",
      { type: "function", id: fn.id, name: server.name },
      { before: { vars: Object.keys(fn.vars) }, after: { vars: Object.keys(vars) } },
    );
  });
  return getFunction(ctx, { function: ref });
}
