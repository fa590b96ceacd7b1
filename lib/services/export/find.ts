import { and, eq, or, type SQL } from "drizzle-orm";
import { exports } from "@/db/schema/exports";
import type { Role } from "@/db/schema/members";
import { allows } from "@/lib/access/permissions";
import { AppError } from "@/lib/errors";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { isRef } from "@/lib/services/fields";
import type { ExportRow } from "./insert";

/** Whether a role may have what is in a file: asked anew each time, for a role may have shrunk since. */
export function mayRead(reader: { role: Role; memberId: string }, row: ExportRow): boolean {
  const own = row.kind === "calls" && row.memberId !== null && row.memberId === reader.memberId;
  if (!own && !allows(reader.role, row.kind === "calls" ? "call.read" : "audit.read")) return false;
  return !row.options.payloads || allows(reader.role, "call.payload");
}

/** Whoever asked for it, and admins. */
export const mayManage = (ctx: WorkspaceCtx, row: ExportRow): boolean =>
  (row.createdBy !== null && row.createdBy === ctx.actor.userId) || allows(ctx.role, "workspace.update");

/** The exports of the workspace that the actor gets to see: all for who reads everyone's calls, else one's own. */
export function visibleExports(ctx: WorkspaceCtx): SQL | undefined {
  return and(
    eq(exports.workspaceId, ctx.workspace.id),
    allows(ctx.role, "call.read")
      ? undefined
      : or(eq(exports.createdBy, ctx.actor.userId ?? ""), eq(exports.memberId, ctx.memberId)),
  );
}

/** One of them. @throws AppError `not_found` */
export async function findExport(db: Db, ctx: WorkspaceCtx, ref: string): Promise<ExportRow> {
  const [row] = isRef(ref)
    ? await db
        .select()
        .from(exports)
        .where(and(visibleExports(ctx), eq(exports.id, ref)))
    : [];
  if (!row) throw new AppError("not_found", "There is no such export in this workspace.");
  return row;
}
