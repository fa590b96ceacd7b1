import { and, asc, eq } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { users } from "@/db/schema/users";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { type Ctx, requireUser } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { touchAccess } from "@/lib/services/workspace/touch";
import { UpdateProfileInput } from "./schemas";
import type { ProfileView } from "./view";

/**
 * Changes your own name, also as the member that you are in each workspace where you go by it. Calls and events of
 * before keep the name of their time. The address stays: invitations, domains and sign-in are bound to it.
 * @throws AppError `invalid`
 */
export async function updateProfile(ctx: Ctx, input: UpdateProfileInput): Promise<ProfileView> {
  const userId = requireUser(ctx);
  const { name } = parse(UpdateProfileInput, input);
  return ctx.db.transaction(async (tx) => {
    const [user] = await tx.select().from(users).where(eq(users.id, userId));
    if (!user) throw new AppError("unauthorized", "Sign in first.");
    if (user.name === name) return { name, email: user.email };
    await tx.update(users).set({ name }).where(eq(users.id, userId));
    const known = await tx
      .select({ workspaceId: members.workspaceId })
      .from(members)
      .where(and(eq(members.userId, userId), eq(members.name, user.name)))
      .orderBy(asc(members.workspaceId));
    for (const { workspaceId } of known) await touchAccess(tx, workspaceId); // the gateway names callers
    await tx
      .update(members)
      .set({ name })
      .where(and(eq(members.userId, userId), eq(members.name, user.name)));
    const change = { before: { name: user.name }, after: { name } };
    for (const { workspaceId } of [...known, { workspaceId: null }])
      await audit(tx, ctx, "user.update", { type: "user", id: userId, name, workspaceId }, change);
    return { name, email: user.email };
  });
}
