import { and, eq, gte, lt, type SQL, sum } from "drizzle-orm";
import { callRollups } from "@/db/schema/call-rollups";
import type { WorkspaceCtx } from "@/lib/services/context";
import { type ExportPlan, planExport } from "./plan";
import { countRows, newestId } from "./rows";
import type { EstimateExportInput } from "./schemas";
import { type EstimateView, ROWS_AT_ONCE } from "./view";

const DAY_MS = 86_400_000;

/**
 * How many rows an export would have. Counted exactly as long as they can be sent at once; above that the rollups say
 * about how many, because counting millions would take as long as reading them.
 * @throws AppError `forbidden`, `invalid`
 */
export async function estimateExport(ctx: WorkspaceCtx, input: EstimateExportInput): Promise<EstimateView> {
  const plan = planExport(ctx, input);
  const rows = await countRows(ctx, plan, await newestId(ctx, plan), ROWS_AT_ONCE + 1);
  if (rows <= ROWS_AT_ONCE) return { rows, exact: true, background: false };
  const about = plan.log === "calls" ? await aboutCalls(ctx, plan) : 0;
  return { rows: Math.max(rows, about), exact: false, background: true };
}

/** Calls by the day, over the days that the range touches; the kind of a tool is not counted. */
async function aboutCalls(ctx: WorkspaceCtx, { filters, memberId }: ExportPlan): Promise<number> {
  const { member, server, tool, client, outcome, errorClass, from, to } = filters;
  const is = (column: Parameters<typeof eq>[0], value: string | undefined): SQL | undefined =>
    value === undefined ? undefined : eq(column, value);
  const [row] = await ctx.db
    .select({ calls: sum(callRollups.calls).mapWith(Number) })
    .from(callRollups)
    .where(
      and(
        eq(callRollups.workspaceId, ctx.workspace.id),
        eq(callRollups.grain, "day"),
        is(callRollups.memberId, memberId ?? member),
        is(callRollups.server, server),
        is(callRollups.tool, tool),
        is(callRollups.clientName, client),
        is(callRollups.outcome, outcome),
        is(callRollups.errorClass, errorClass),
        from === undefined
          ? undefined
          : gte(callRollups.start, new Date(Math.floor(Date.parse(from) / DAY_MS) * DAY_MS)),
        to === undefined ? undefined : lt(callRollups.start, new Date(to)),
      ),
    );
  return row?.calls ?? 0;
}
