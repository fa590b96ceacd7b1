import { and, count, eq, isNotNull, ne } from "drizzle-orm";
import { members, type Role } from "@/db/schema/members";
import type { PermissionName } from "@/lib/access/permissions";
import { AppError } from "@/lib/errors";
import { type Db, requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { isRef } from "@/lib/services/fields";
import { touchAccess } from "@/lib/services/workspace/touch";

export type MemberRow = typeof members.$inferSelect;

/** Who may change or remove someone of that role, or give it to them. */
export const permissionOver = (role: Role): PermissionName =>
  role === "owner" || role === "admin" ? "member.manage_admins" : "member.manage";

/**
 * Member by id within the workspace.
 * @throws AppError `not_found` for unknown and foreign ids alike
 */
export async function findMember(tx: Db, ctx: WorkspaceCtx, id: string): Promise<MemberRow> {
  const [row] = isRef(id)
    ? await tx
        .select()
        .from(members)
        .where(and(eq(members.workspaceId, ctx.workspace.id), eq(members.id, id)))
    : [];
  if (!row) throw new AppError("not_found", "There is no such member in this workspace.");
  return row;
}

/**
 * Starts a change of who may do what: locks the workspace, lets the gateway notice, and reads the actor's role anew,
 * because whoever held the lock before may just have taken it away.
 * @throws AppError `forbidden`
 */
export async function beginMemberChange(tx: Db, ctx: WorkspaceCtx): Promise<WorkspaceCtx> {
  await touchAccess(tx, ctx.workspace.id);
  const [actor] = await tx
    .select({ role: members.role })
    .from(members)
    .where(and(eq(members.workspaceId, ctx.workspace.id), eq(members.id, ctx.memberId)));
  if (!actor) throw new AppError("forbidden", "You are no longer a member of this workspace.");
  const fresh = { ...ctx, role: actor.role };
  requirePermission(fresh, "member.manage");
  return fresh;
}

/**
 * Refuses to take the role away from the last owner who can sign in: nobody could give it back. Under the lock only.
 * @throws AppError `conflict`
 */
export async function guardLastOwner(tx: Db, target: MemberRow): Promise<void> {
  if (target.role !== "owner") return;
  const others = and(
    eq(members.workspaceId, target.workspaceId),
    eq(members.role, "owner"),
    ne(members.id, target.id),
    isNotNull(members.userId),
  );
  const [left] = await tx.select({ owners: count() }).from(members).where(others);
  if (!left?.owners)
    throw new AppError("conflict", `${target.name} is the last owner. Make somebody else an owner first.`);
}
