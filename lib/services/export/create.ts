import { and, count, eq, inArray } from "drizzle-orm";
import { exports } from "@/db/schema/exports";
import { AppError } from "@/lib/errors";
import type { WorkspaceCtx } from "@/lib/services/context";
import { lockWorkspace } from "@/lib/services/workspace/touch";
import { insertExport } from "./insert";
import { planExport } from "./plan";
import { newestId } from "./rows";
import type { CreateExportInput } from "./schemas";
import { toExportView } from "./to-view";
import type { ExportView } from "./view";

/** As many exports of one workspace may wait or run; files are kept, so this also bounds what they take. */
const MAX_OPEN = 5;

/**
 * Asks for an export in the background: a worker makes the file, which is kept for some days. Which rows are in it is
 * fixed now.
 * @throws AppError `forbidden`, `invalid`, `rate_limited` where too many are waiting
 */
export async function createExport(ctx: WorkspaceCtx, input: CreateExportInput): Promise<ExportView> {
  const plan = planExport(ctx, input);
  const newest = await newestId(ctx, plan);
  const row = await ctx.db.transaction(async (tx) => {
    await lockWorkspace(tx, ctx.workspace.id);
    const open = and(
      eq(exports.workspaceId, ctx.workspace.id),
      eq(exports.background, true),
      inArray(exports.state, ["queued", "running"]),
    );
    const [waiting] = await tx.select({ exports: count() }).from(exports).where(open);
    if ((waiting?.exports ?? 0) >= MAX_OPEN)
      throw new AppError(
        "rate_limited",
        `${MAX_OPEN} exports are being made already. Wait for one of them, or cancel it.`,
      );
    return insertExport(tx, ctx, plan, { state: "queued", background: true, newest });
  });
  return toExportView(ctx, row);
}
