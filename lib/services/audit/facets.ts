import { desc, eq, sql } from "drizzle-orm";
import { auditEvents } from "@/db/schema/audit-events";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import type { AuditFacets } from "./view";

/** So many newest events are looked at: a bound on the work, and what was long ago can still be asked for by name. */
const EVENTS = 10_000;

/** Which kinds of change there are and who made them, most frequent first. @throws AppError `forbidden` */
export async function auditFacets(ctx: WorkspaceCtx): Promise<AuditFacets> {
  requirePermission(ctx, "audit.read");
  const { action, actorId, actorEmail, actorType } = auditEvents;
  const newest = ctx.db
    .select({ action, actorId, actorEmail, actorType })
    .from(auditEvents)
    .where(eq(auditEvents.workspaceId, ctx.workspace.id))
    .orderBy(desc(auditEvents.id))
    .limit(EVENTS)
    .as("newest");
  const events = sql<number>`count(*)::int`;
  const actions = await ctx.db
    .select({ action: newest.action, events })
    .from(newest)
    .groupBy(newest.action)
    .orderBy(desc(events), newest.action);
  const actors = await ctx.db
    .select({ id: newest.actorId, email: newest.actorEmail, type: newest.actorType, events })
    .from(newest)
    .groupBy(newest.actorId, newest.actorEmail, newest.actorType)
    .orderBy(desc(events))
    .limit(200);
  return {
    actions,
    actors: actors.flatMap(({ id, email, type, events: count }) => {
      const actor = (type === "api_key" ? id : (email ?? id)) ?? null;
      const name = type === "api_key" ? `API key of ${email ?? id}` : (email ?? id ?? "");
      return actor === null ? [] : [{ actor, name, type, events: count }];
    }),
  };
}
