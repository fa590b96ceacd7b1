import { allows } from "@/lib/access/permissions";
import { AppError } from "@/lib/errors";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { findMember } from "@/lib/services/member/manage";
import { touchAccess } from "@/lib/services/workspace/touch";
import { storeToken } from "./create";
import { RUN_TOKEN_NAME } from "./schemas";
import type { NewTokenView } from "./view";

const HOUR_MS = 3_600_000;

/**
 * A token of the actor's own for running tools from the browser; it ends after an hour by itself. The call goes through
 * the gateway like any other, with this token's name on it.
 * @throws AppError `forbidden` for who calls no tools
 */
export async function createRunToken(ctx: WorkspaceCtx): Promise<NewTokenView> {
  if (!allows(ctx.role, "gateway.use"))
    throw new AppError("forbidden", "Auditors call no tools. Ask an admin for the role of a member to run some.");
  requirePermission(ctx, "token.own");
  return ctx.db.transaction(async (tx) => {
    await touchAccess(tx, ctx.workspace.id);
    const member = await findMember(tx, ctx, ctx.memberId);
    return storeToken(tx, ctx, member, RUN_TOKEN_NAME, new Date(ctx.now().getTime() + HOUR_MS));
  });
}
