import { and, eq, sql } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { oauthGrants } from "@/db/schema/oauth-grants";
import { audit } from "@/lib/services/audit/record";
import { type Db, requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { cutGrant } from "@/lib/services/grant/end";
import { parse } from "@/lib/services/parse";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { beginMemberChange, findMember, guardLastOwner, type MemberRow, permissionOver } from "./manage";
import { RemoveMemberInput } from "./schemas";
import type { MemberRemovalView } from "./view";

/** What removing a member would end, and what not, for the confirmation. @throws AppError `forbidden`, `not_found`, `conflict` (last owner) */
export async function previewMemberRemoval(ctx: WorkspaceCtx, input: RemoveMemberInput): Promise<MemberRemovalView> {
  requirePermission(ctx, "member.manage");
  const { member: id } = parse(RemoveMemberInput, input);
  const target = await findMember(ctx.db, ctx, id);
  requirePermission(ctx, permissionOver(target.role));
  await guardLastOwner(ctx.db, target);
  return { ...(await countEnds(ctx.db, ctx, target)), removed: false };
}

/**
 * Takes a member out of the workspace: tokens, grants, tool scope, own credentials and rules go with them, open streams
 * close within a second on every node. Their calls and audit events stay, and so does their account elsewhere.
 * @throws AppError `forbidden`, `not_found`, `conflict` (last owner)
 */
export async function removeMember(ctx: WorkspaceCtx, input: RemoveMemberInput): Promise<MemberRemovalView> {
  const { member: id } = parse(RemoveMemberInput, input);
  return ctx.db.transaction(async (tx) => {
    const actor = await beginMemberChange(tx, ctx);
    const target = await findMember(tx, ctx, id);
    requirePermission(actor, permissionOver(target.role));
    await guardLastOwner(tx, target);
    const ends = await countEnds(tx, ctx, target);
    await touchWorkspace(tx, ctx.workspace.id); // own credentials and rules are in the gateway's snapshot
    for (const grant of await grantsOf(tx, target)) await cutGrant(tx, grant, ctx.now()); // its refresh tokens and codes too
    await tx.delete(members).where(and(eq(members.workspaceId, ctx.workspace.id), eq(members.id, id)));
    const { name, kind, email, role } = target;
    const { tokensRevoked, grantsRevoked, ownSecretsDeleted, rulesDeleted } = ends;
    const before = { kind, email, role, tokensRevoked, grantsRevoked, ownSecretsDeleted, rulesDeleted };
    await audit(tx, ctx, "member.remove", { type: "member", id, name }, { before });
    return { ...ends, removed: true };
  });
}

const grantsOf = (tx: Db, { id, workspaceId }: MemberRow) =>
  tx
    .select({ id: oauthGrants.id, workspaceId: oauthGrants.workspaceId })
    .from(oauthGrants)
    .where(and(eq(oauthGrants.workspaceId, workspaceId), eq(oauthGrants.memberId, id)));

async function countEnds(db: Db, ctx: WorkspaceCtx, target: MemberRow): Promise<Omit<MemberRemovalView, "removed">> {
  const now = ctx.now().toISOString();
  const live = sql`revoked_at is null and (expires_at is null or expires_at > ${now}::timestamptz)`;
  const { id, name, workspaceId } = target;
  const [row] = await db
    .select({
      tokensRevoked: sql<number>`(select count(*)::int from tokens t where t.member_id = ${id} and ${live})`,
      grantsRevoked: sql<number>`(select count(*)::int from oauth_grants g where g.member_id = ${id} and ${live})`,
      ownSecretsDeleted: sql<number>`(select count(*)::int from secrets s where s.member_id = ${id})`,
      rulesDeleted: sql<number>`(select count(*)::int from argument_rules r where r.member_id = ${id})`,
      sharedSecretsUntouched: sql<number>`(select count(*)::int from secrets s
        where s.workspace_id = ${workspaceId} and s.member_id is null)`,
    })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.id, id)));
  if (!row) throw new Error("the member was found before");
  return { id, name, ...row, streamsClosing: true };
}
