import { and, count, eq, ne } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { users } from "@/db/schema/users";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { iso, isRef } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { mintResetLink } from "./reset-link";
import { CreateResetLinkInput } from "./schemas";
import type { ResetLinkView } from "./view";

const RANK: Record<string, number> = { owner: 2, admin: 1, member: 0, auditor: 0 };

/**
 * A link for a member who forgot their password and gets no mail. Whoever holds it takes the account over, wherever it
 * is a member, so: owners of the installation for anyone here; owners and admins for people of lower rank who are in
 * no other workspace and do not own the installation.
 * @throws AppError `forbidden`, `not_found`, `conflict` for members who never sign in
 */
export async function createResetLink(ctx: WorkspaceCtx, input: CreateResetLinkInput): Promise<ResetLinkView> {
  if (!ctx.actor.instanceOwner) requirePermission(ctx, "member.manage");
  const { member: id } = parse(CreateResetLinkInput, input);
  return ctx.db.transaction(async (tx) => {
    const [row] = isRef(id)
      ? await tx
          .select({ member: members, user: users })
          .from(members)
          .leftJoin(users, eq(users.id, members.userId))
          .where(and(eq(members.workspaceId, ctx.workspace.id), eq(members.id, id)))
      : [];
    if (!row) throw new AppError("not_found", "There is no such member in this workspace.");
    const { member, user } = row;
    if (!user || user.disabledAt)
      throw new AppError("conflict", "This member does not sign in here, so there is no password to reset.");
    if (user.id === ctx.actor.userId) throw new AppError("forbidden", "Change your own password on the account page.");
    if (!ctx.actor.instanceOwner) {
      if (user.instanceOwner || (RANK[member.role] ?? 0) >= (RANK[ctx.role] ?? 0))
        throw new AppError("forbidden", "You may reset the password of people of lower rank only.");
      const [others] = await tx
        .select({ count: count() })
        .from(members)
        .where(and(eq(members.userId, user.id), ne(members.workspaceId, ctx.workspace.id)));
      if ((others?.count ?? 0) > 0)
        throw new AppError(
          "forbidden",
          "This person is a member of other workspaces too. Ask the owner of this installation for the link.",
        );
    }
    const { url, expiresAt } = await mintResetLink(tx, ctx, user.id);
    await audit(tx, ctx, "user.create_reset_link", { type: "user", id: user.id, name: user.name });
    return { user: { name: user.name, email: user.email }, url, expiresAt: iso(expiresAt) };
  });
}
