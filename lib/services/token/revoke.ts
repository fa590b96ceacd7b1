import { and, eq, isNull } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { tokens } from "@/db/schema/tokens";
import { allows } from "@/lib/access/permissions";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { isRef } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { touchAccess } from "@/lib/services/workspace/touch";
import { RevokeTokenInput } from "./schemas";
import { toTokenView } from "./to-view";
import type { TokenView } from "./view";

/**
 * Cuts a token's access (the gateway notices within a second, and closes its open streams); the secrets behind the
 * workspace stay as they are. Revoking a revoked token changes nothing and says so by its first `revokedAt`.
 * @throws AppError `forbidden` (auditors), `not_found` for unknown, foreign and (for plain members) other people's tokens alike
 */
export async function revokeToken(ctx: WorkspaceCtx, input: RevokeTokenInput): Promise<TokenView> {
  const { token: id } = parse(RevokeTokenInput, input);
  requirePermission(ctx, "token.own");
  const own = allows(ctx.role, "token.manage") ? undefined : eq(tokens.memberId, ctx.memberId);
  const now = ctx.now();
  return ctx.db.transaction(async (tx) => {
    await touchAccess(tx, ctx.workspace.id);
    const scope = and(eq(tokens.workspaceId, ctx.workspace.id), eq(tokens.id, id), own);
    const [found] = isRef(id)
      ? await tx
          .select({ token: tokens, member: members })
          .from(tokens)
          .innerJoin(members, eq(members.id, tokens.memberId))
          .where(scope)
      : [];
    if (!found) throw new AppError("not_found", "There is no such token in this workspace.");
    const [revoked] = await tx
      .update(tokens)
      .set({ revokedAt: now })
      .where(and(scope, isNull(tokens.revokedAt)))
      .returning();
    if (revoked) {
      const before = { member: found.member.name, prefix: found.token.prefix };
      await audit(tx, ctx, "token.revoke", { type: "token", id, name: found.token.name }, { before });
    }
    return toTokenView(revoked ?? found.token, found.member, now);
  });
}
