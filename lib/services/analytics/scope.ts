import { sql } from "drizzle-orm";
import { allows } from "@/lib/access/permissions";
import { idFloor } from "@/lib/ids";
import type { CallFilters } from "@/lib/services/call/schemas";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { advanceRollups, LAG_MS } from "./advance-rollups";
import { type Axis, axisOf } from "./axis";
import { type Scope, whereOf } from "./facts";
import { rowsOf } from "./rows";

/** Where nothing advances the rollups in the background (a serverless deployment), a reader does when they are this late, in ms. */
const LATE_MS = 15 * 60_000;
/** For so long (ms) at most; what is then left is read from the calls. */
const PATIENCE_MS = 1_000;

/** How far the rollups reach, advanced first where nobody else does. */
export async function watermark(db: Db, now: Date): Promise<string> {
  const [state] = await rowsOf<{ upTo: string }>(db, sql`SELECT up_to AS "upTo" FROM rollup_state WHERE id = 'calls'`);
  const upTo = state?.upTo ?? "";
  if (upTo >= idFloor("call", now.getTime() - LAG_MS - LATE_MS)) return upTo;
  return (await advanceRollups(db, now.getTime(), { budgetMs: PATIENCE_MS })).upTo || upTo;
}

/** What a chart asks: the calls that its reader may see, among those that the filters mean. Members see their own only. */
export async function scopeOf(ctx: WorkspaceCtx, filters: CallFilters): Promise<{ scope: Scope; axis: Axis }> {
  const now = ctx.now();
  const workspaceId = ctx.workspace.id;
  const axis = await axisOf(filters, now, () => earliestCall(ctx.db, workspaceId, now));
  const where = whereOf(filters);
  if (!allows(ctx.role, "call.read")) where.member = ctx.memberId;
  return { scope: { workspaceId, where, watermark: await watermark(ctx.db, now), now }, axis };
}

/** Start of the day of the first call that is still there. */
async function earliestCall(db: Db, workspaceId: string, now: Date): Promise<Date> {
  const [row] = await rowsOf<{ at: number | null }>(
    db,
    sql`SELECT (extract(epoch FROM least(
      (SELECT start FROM call_rollups WHERE workspace_id = ${workspaceId} AND slice = 'what' AND grain = 'day' ORDER BY start LIMIT 1),
      (SELECT date_trunc('day', occurred_at, 'UTC') FROM calls WHERE workspace_id = ${workspaceId} ORDER BY id LIMIT 1)
    )) * 1000)::float8 AS at`,
  );
  return row?.at == null ? now : new Date(row.at);
}
