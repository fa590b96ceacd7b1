import { and, eq } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { oauthGrants } from "@/db/schema/oauth-grants";
import { allows } from "@/lib/access/permissions";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { isRef } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { cutGrant } from "./end";
import { RevokeGrantInput } from "./schemas";
import { toGrantView } from "./to-view";
import type { GrantView } from "./view";

/**
 * Takes back what a client was allowed: its access token is refused everywhere within a second, and it gets no other.
 * Revoking twice changes nothing and says so by the first `revokedAt`.
 * @throws AppError `forbidden`; `not_found` for unknown, foreign and (below `token.manage`) other people's grants alike
 */
export async function revokeGrant(ctx: WorkspaceCtx, input: RevokeGrantInput): Promise<GrantView> {
  requirePermission(ctx, "token.own");
  const { grant: id } = parse(RevokeGrantInput, input);
  const own = allows(ctx.role, "token.manage") ? undefined : eq(oauthGrants.memberId, ctx.memberId);
  const now = ctx.now();
  return ctx.db.transaction(async (tx) => {
    const [found] = isRef(id)
      ? await tx
          .select({ grant: oauthGrants, member: members.name })
          .from(oauthGrants)
          .innerJoin(members, eq(members.id, oauthGrants.memberId))
          .where(and(eq(oauthGrants.workspaceId, ctx.workspace.id), eq(oauthGrants.id, id), own))
      : [];
    if (!found) throw new AppError("not_found", "There is no such connection in this workspace.");
    const revoked = await cutGrant(tx, found.grant, now);
    if (revoked) {
      const before = { member: found.member, redirectHost: found.grant.redirectHost };
      await audit(tx, ctx, "grant.revoke", { type: "grant", id, name: found.grant.clientName }, { before });
    }
    return toGrantView(revoked ?? found.grant, found.member, now);
  });
}
