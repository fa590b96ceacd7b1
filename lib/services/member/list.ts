import { asc, eq, sql } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { iso, isoOrNull } from "@/lib/services/fields";
import type { MemberView } from "./view";

/** People of this workspace by name. @throws AppError `forbidden` below admin */
export async function listMembers(ctx: WorkspaceCtx): Promise<MemberView[]> {
  requirePermission(ctx, "member.read");
  const now = ctx.now().toISOString();
  const rows = await ctx.db
    .select({
      member: members,
      activeTokens: sql<number>`(select count(*)::int from tokens t where t.member_id = members.id
        and t.revoked_at is null and (t.expires_at is null or t.expires_at > ${now}::timestamptz))`,
      lastCall: sql<string | null>`(select (extract(epoch from c.occurred_at) * 1000)::bigint::text from calls c
        where c.workspace_id = members.workspace_id and c.member_id = members.id order by c.id desc limit 1)`,
    })
    .from(members)
    .where(eq(members.workspaceId, ctx.workspace.id))
    .orderBy(asc(members.name), asc(members.id));
  return rows.map(({ member, activeTokens, lastCall }) => ({
    id: member.id,
    name: member.name,
    email: member.email,
    role: member.role,
    canSignIn: member.userId !== null,
    activeTokens,
    lastCallAt: isoOrNull(lastCall === null ? null : new Date(Number(lastCall))),
    createdAt: iso(member.createdAt),
  }));
}
