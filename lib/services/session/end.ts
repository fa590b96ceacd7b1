import { and, eq } from "drizzle-orm";
import { userSessions } from "@/db/schema/user-sessions";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { type Ctx, requireUser } from "@/lib/services/context";
import { isRef } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { deviceOf } from "@/lib/user-agent";
import { liveSessions } from "./live";
import { EndSessionInput } from "./schemas";
import type { EndedSessionsView } from "./view";

/** Ends one of your sign-ins, from its next request on. @throws AppError `not_found` for ended and other people's alike */
export async function endSession(ctx: Ctx, input: EndSessionInput): Promise<EndedSessionsView> {
  const userId = requireUser(ctx);
  const { session } = parse(EndSessionInput, input);
  const now = ctx.now();
  return ctx.db.transaction(async (tx) => {
    const [row] = isRef(session)
      ? await tx
          .update(userSessions)
          .set({ endedAt: now })
          .where(and(liveSessions(userId, now), eq(userSessions.id, session)))
          .returning()
      : [];
    if (!row) throw new AppError("not_found", "There is no such sign-in of yours, or it has ended already.");
    const target = { type: "session", id: row.id, name: deviceOf(row.userAgent), workspaceId: null };
    await audit(tx, ctx, "session.end", target, { before: { sourceIp: row.sourceIp } });
    return { ended: 1 };
  });
}
