import { and, eq } from "drizzle-orm";
import { servers } from "@/db/schema/servers";
import { AppError } from "@/lib/errors";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { isRef } from "@/lib/services/fields";

export type ServerRow = typeof servers.$inferSelect;

/**
 * A server of this workspace by slug or id; `lock` holds it until the transaction ends.
 * @throws AppError `not_found` for unknown and foreign ones alike
 */
export async function findServer(db: Db, ctx: WorkspaceCtx, ref: string, lock = false): Promise<ServerRow> {
  const key = ref.startsWith("srv_") ? servers.id : servers.slug; // a slug holds no "_", so the two never meet
  const query = db
    .select()
    .from(servers)
    .where(and(eq(servers.workspaceId, ctx.workspace.id), eq(key, ref)));
  const [row] = isRef(ref) ? await (lock ? query.for("update") : query) : [];
  if (!row) throw new AppError("not_found", "There is no such server in this workspace.");
  return row;
}
