import { and, eq } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import { allows } from "@/lib/access/permissions";
import { AppError } from "@/lib/errors";
import type { WorkspaceCtx } from "@/lib/services/context";
import { isRef } from "@/lib/services/fields";

/**
 * A call of this workspace by id; who may not read everyone's calls finds their own only.
 * @throws AppError `not_found` for unknown and foreign ones alike
 */
export async function findCall(ctx: WorkspaceCtx, id: string): Promise<typeof calls.$inferSelect> {
  const own = allows(ctx.role, "call.read") ? undefined : eq(calls.memberId, ctx.memberId);
  const [row] = isRef(id)
    ? await ctx.db
        .select()
        .from(calls)
        .where(and(eq(calls.workspaceId, ctx.workspace.id), eq(calls.id, id), own))
    : [];
  if (!row) throw new AppError("not_found", "There is no such call in this workspace.");
  return row;
}
