import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { type Db, requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { iso, isoOrNull } from "@/lib/services/fields";
import type { MemberView } from "./view";

/** People and machines of this workspace by name. @throws AppError `forbidden` for plain members */
export async function listMembers(ctx: WorkspaceCtx): Promise<MemberView[]> {
  requirePermission(ctx, "member.read");
  return readMembers(ctx.db, ctx);
}

/** Views of the members that fit, by name. */
export async function readMembers(db: Db, ctx: WorkspaceCtx, condition?: SQL): Promise<MemberView[]> {
  const now = ctx.now().toISOString();
  const live = sql`revoked_at is null and (expires_at is null or expires_at > ${now}::timestamptz)`;
  const rows = await db
    .select({
      member: members,
      activeTokens: sql<number>`(select count(*)::int from tokens t where t.member_id = members.id and ${live})`,
      activeGrants: sql<number>`(select count(*)::int from oauth_grants g where g.member_id = members.id and ${live})`,
      lastCall: sql<string | null>`(select (extract(epoch from c.occurred_at) * 1000)::bigint::text from calls c
        where c.workspace_id = members.workspace_id and c.member_id = members.id order by c.id desc limit 1)`,
    })
    .from(members)
    .where(and(eq(members.workspaceId, ctx.workspace.id), condition))
    .orderBy(asc(members.name), asc(members.id));
  return rows.map(({ member, activeTokens, activeGrants, lastCall }) => ({
    id: member.id,
    kind: member.kind,
    name: member.name,
    email: member.email,
    role: member.role,
    canSignIn: member.userId !== null,
    toolScope: member.toolScope,
    activeTokens,
    activeGrants,
    lastCallAt: isoOrNull(lastCall === null ? null : new Date(Number(lastCall))),
    createdAt: iso(member.createdAt),
  }));
}

/** One member's view. */
export async function viewMember(db: Db, ctx: WorkspaceCtx, id: string): Promise<MemberView> {
  const [view] = await readMembers(db, ctx, eq(members.id, id));
  if (!view) throw new Error("readMembers answers a view for a member that was found");
  return view;
}
