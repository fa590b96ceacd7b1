import { users } from "@/db/schema/users";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import type { Ctx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { CreateOwnerInput } from "./schemas";
import { takeSetupToken } from "./setup-link";
import type { OwnerView } from "./view";

/**
 * Creates the owner of this installation and uses the set-up link up. Two at once: one wins.
 * @throws AppError `forbidden` where the link is used, replaced or wrong; `invalid`, `conflict`
 */
export async function createOwner(ctx: Ctx, input: CreateOwnerInput): Promise<OwnerView> {
  const { token, email, name, passwordHash } = parse(CreateOwnerInput, input);
  const now = ctx.now();
  return ctx.db.transaction(async (tx) => {
    if (!(await takeSetupToken(tx, token)))
      throw new AppError(
        "forbidden",
        "This set-up link is used or replaced. Use the newest one that the server printed.",
      );
    const id = newId("user", now.getTime());
    const added = await tx
      .insert(users)
      .values({ id, email, name, passwordHash, instanceOwner: true, createdAt: now })
      .onConflictDoNothing({ target: users.email })
      .returning({ id: users.id });
    if (added.length === 0)
      throw new AppError("conflict", "This e-mail address has an account already.", { field: "email" });
    await audit(tx, ctx, "setup.complete", { type: "user", id, name, workspaceId: null }, { after: { email } });
    return { userId: id, email, name };
  });
}
