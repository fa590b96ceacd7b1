import { and, eq } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { viewMember } from "./list";
import { beginMemberChange, findMember, guardLastOwner, permissionOver } from "./manage";
import { ChangeMemberRoleInput } from "./schemas";
import type { MemberView } from "./view";

/**
 * Gives a member another role; the gateway follows within a second. To and from admin and owner is for owners.
 * @throws AppError `forbidden`, `not_found`, `conflict` (last owner; a machine; someone who cannot sign in)
 */
export async function changeMemberRole(ctx: WorkspaceCtx, input: ChangeMemberRoleInput): Promise<MemberView> {
  const { member: id, role } = parse(ChangeMemberRoleInput, input);
  return ctx.db.transaction(async (tx) => {
    const actor = await beginMemberChange(tx, ctx);
    const target = await findMember(tx, ctx, id);
    requirePermission(actor, permissionOver(target.role));
    requirePermission(actor, permissionOver(role));
    if (target.role === role) return viewMember(tx, ctx, id);
    if (target.kind === "service") throw new AppError("conflict", "A machine has the role member.", { field: "role" });
    if (target.userId === null)
      throw new AppError("conflict", `${target.name} cannot sign in yet. Invite them with that role instead.`, {
        field: "role",
      });
    await guardLastOwner(tx, target);
    await tx
      .update(members)
      .set({ role })
      .where(and(eq(members.workspaceId, ctx.workspace.id), eq(members.id, id)));
    const change = { before: { role: target.role }, after: { role } };
    await audit(tx, ctx, "member.role_change", { type: "member", id, name: target.name }, change);
    return viewMember(tx, ctx, id);
  });
}
