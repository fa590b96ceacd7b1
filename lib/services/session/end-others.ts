import { audit } from "@/lib/services/audit/record";
import { type Ctx, requireUser } from "@/lib/services/context";
import { endSessions } from "./live";
import type { EndedSessionsView } from "./view";

/** Ends all of your sign-ins but the one that asks (with an API key: all). @throws AppError `unauthorized` */
export async function endOtherSessions(ctx: Ctx): Promise<EndedSessionsView> {
  const userId = requireUser(ctx);
  return ctx.db.transaction(async (tx) => {
    const ended = await endSessions(tx, userId, ctx.now(), ctx.actor.sessionId);
    const target = { type: "user", id: userId, name: ctx.actor.name, workspaceId: null };
    if (ended > 0) await audit(tx, ctx, "session.end_others", target, { after: { ended } });
    return { ended };
  });
}
