import { and, eq, isNull, or } from "drizzle-orm";
import { oauthGrants } from "@/db/schema/oauth-grants";
import { oauthRecords } from "@/db/schema/oauth-records";
import { audit } from "@/lib/services/audit/record";
import type { Ctx, Db } from "@/lib/services/context";
import { touchAccess } from "@/lib/services/workspace/touch";

type GrantRow = typeof oauthGrants.$inferSelect;

/** Ends a grant inside a transaction: no new token by code or refresh token, and the gateway drops the tokens that are out within a second. Null where it was over already. */
export async function cutGrant(
  tx: Db,
  grant: Pick<GrantRow, "id" | "workspaceId">,
  now: Date,
): Promise<GrantRow | null> {
  await touchAccess(tx, grant.workspaceId);
  await dropRecords(tx, grant.id);
  const [ended] = await tx
    .update(oauthGrants)
    .set({ revokedAt: now })
    .where(
      and(eq(oauthGrants.workspaceId, grant.workspaceId), eq(oauthGrants.id, grant.id), isNull(oauthGrants.revokedAt)),
    )
    .returning();
  return ended ?? null;
}

/**
 * Ends a grant on the authorization server's own account: its client gave it back (RFC 7009), or a code or refresh
 * token was used twice, so somebody holds a copy. Nobody's permission is asked; it only takes away.
 */
export async function endGrant(ctx: Ctx, grantId: string): Promise<void> {
  const now = ctx.now();
  await ctx.db.transaction(async (tx) => {
    const [grant] = await tx.select().from(oauthGrants).where(eq(oauthGrants.id, grantId));
    if (!grant) return dropRecords(tx, grantId);
    const ended = await cutGrant(tx, grant, now);
    if (!ended) return;
    const target = { type: "grant", id: grant.id, name: grant.clientName, workspaceId: grant.workspaceId };
    await audit(tx, ctx, "grant.revoke", target, { before: { redirectHost: grant.redirectHost } });
  });
}

async function dropRecords(tx: Db, grantId: string): Promise<void> {
  const itself = and(eq(oauthRecords.model, "Grant"), eq(oauthRecords.id, grantId));
  await tx.delete(oauthRecords).where(or(eq(oauthRecords.grantId, grantId), itself));
}
