import { eq, sql } from "drizzle-orm";
import { users } from "@/db/schema/users";
import { audit } from "@/lib/services/audit/record";
import { type Ctx, requireUser } from "@/lib/services/context";
import { endSessions } from "./live";
import type { EndedSessionsView } from "./view";

/**
 * Ends all of your sign-ins, this one too: the version in every cookie of yours becomes old. API keys, tokens and
 * grants go on; they are revoked where they are listed.
 * @throws AppError `unauthorized`
 */
export async function endSessionsEverywhere(ctx: Ctx): Promise<EndedSessionsView> {
  const userId = requireUser(ctx);
  return ctx.db.transaction(async (tx) => {
    await tx
      .update(users)
      .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
      .where(eq(users.id, userId));
    const ended = await endSessions(tx, userId, ctx.now());
    const target = { type: "user", id: userId, name: ctx.actor.name, workspaceId: null };
    await audit(tx, ctx, "session.end_everywhere", target, { after: { ended } });
    return { ended };
  });
}
