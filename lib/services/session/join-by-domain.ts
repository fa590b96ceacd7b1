import { and, eq, max, ne } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { userSessions } from "@/db/schema/user-sessions";
import { workspaceDomains } from "@/db/schema/workspace-domains";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import type { Ctx, Db } from "@/lib/services/context";
import { domainOf } from "@/lib/services/fields";
import { touchAccess } from "@/lib/services/workspace/touch";

/**
 * Joins the workspaces that await people of this mail domain. Each rule works once a person, at their first sign-in by
 * a provider after it was made: whoever is removed from a workspace does not come back with the next sign-in.
 */
export async function joinByDomain(
  tx: Db,
  ctx: Ctx,
  { id: userId, email, name }: { id: string; email: string; name: string },
): Promise<void> {
  const rules = await tx
    .select()
    .from(workspaceDomains)
    .where(eq(workspaceDomains.domain, domainOf(email)));
  if (rules.length === 0) return;
  const [last] = await tx
    .select({ at: max(userSessions.createdAt) })
    .from(userSessions)
    .where(and(eq(userSessions.userId, userId), ne(userSessions.method, "password")));
  const now = ctx.now();
  for (const { workspaceId, role, domain, createdAt } of rules) {
    if (last?.at && last.at >= createdAt) continue;
    const id = newId("member", now.getTime());
    const added = await tx
      .insert(members)
      .values({ id, workspaceId, userId, name, email, role, createdAt: now })
      .onConflictDoNothing({ target: [members.workspaceId, members.userId] })
      .returning({ id: members.id });
    if (added.length === 0) continue;
    await touchAccess(tx, workspaceId);
    await audit(tx, ctx, "member.add", { type: "member", id, name, workspaceId }, { after: { email, role, domain } });
  }
}
