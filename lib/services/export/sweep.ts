import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { exportChunks, exports } from "@/db/schema/exports";
import { workspaces } from "@/db/schema/workspaces";
import type { Db } from "@/lib/services/context";

/**
 * Deletes files whose time is over, ends downloads whose node has gone, and forgets exports that are older than their
 * workspace keeps calls.
 */
export async function sweepExports(db: Db, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const over = await tx
      .update(exports)
      .set({ state: "expired" })
      .where(and(eq(exports.state, "ready"), lt(exports.expiresAt, now)))
      .returning({ id: exports.id });
    const ids = over.map(({ id }) => id);
    if (ids.length > 0) await tx.delete(exportChunks).where(inArray(exportChunks.exportId, ids));
  });
  await db
    .update(exports)
    .set({ state: "canceled", problem: "The download was broken off.", leaseUntil: null, finishedAt: now })
    .where(and(eq(exports.background, false), eq(exports.state, "running"), lt(exports.leaseUntil, now)));
  const kept = db
    .select({ days: workspaces.retentionDays })
    .from(workspaces)
    .where(eq(workspaces.id, exports.workspaceId));
  await db
    .delete(exports)
    .where(sql`${exports.createdAt} < ${now.toISOString()}::timestamptz - make_interval(days => (${kept}))`);
}
