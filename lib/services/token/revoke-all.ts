import { and, eq, isNull } from "drizzle-orm";
import { tokens } from "@/db/schema/tokens";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { findMember } from "@/lib/services/member/manage";
import { parse } from "@/lib/services/parse";
import { touchAccess } from "@/lib/services/workspace/touch";
import { RevokeAllTokensInput } from "./schemas";
import type { RevokedTokensView } from "./view";

/**
 * Cuts the access of all tokens of one member at once, as when a laptop is lost; plain members may do it for
 * themselves. Clients let in by OAuth stay: they are revoked beside.
 * @throws AppError `forbidden`, `not_found` (member)
 */
export async function revokeAllTokens(ctx: WorkspaceCtx, input: RevokeAllTokensInput): Promise<RevokedTokensView> {
  const { member: id } = parse(RevokeAllTokensInput, input);
  requirePermission(ctx, id === ctx.memberId ? "token.own" : "token.manage");
  return ctx.db.transaction(async (tx) => {
    await touchAccess(tx, ctx.workspace.id);
    const { name } = await findMember(tx, ctx, id);
    const revoked = await tx
      .update(tokens)
      .set({ revokedAt: ctx.now() })
      .where(and(eq(tokens.workspaceId, ctx.workspace.id), eq(tokens.memberId, id), isNull(tokens.revokedAt)))
      .returning({ prefix: tokens.prefix });
    const before = { prefixes: revoked.map((token) => token.prefix) };
    if (revoked.length > 0) await audit(tx, ctx, "token.revoke_all", { type: "member", id, name }, { before });
    return { member: { id, name }, revoked: revoked.length };
  });
}
