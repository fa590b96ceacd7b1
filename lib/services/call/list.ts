import { and, desc, lt } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import { allows } from "@/lib/access/permissions";
import { resolveRange } from "@/lib/range";
import { type Where, whereOf } from "@/lib/services/analytics/facts";
import type { WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { callCondition } from "./filters";
import { findSparse } from "./find-sparse";
import { ListCallsInput } from "./schemas";
import { toCallView } from "./to-view";
import type { CallPage } from "./view";

/** Attributed calls, newest first; plain members see their own. @throws AppError `invalid` */
export async function listCalls(ctx: WorkspaceCtx, input: ListCallsInput = {}): Promise<CallPage> {
  const { cursor, limit, ...filters } = parse(ListCallsInput, input);
  const condition = and(callCondition(ctx, filters), cursor === undefined ? undefined : lt(calls.id, cursor));
  const where = whereOf(filters);
  if (!allows(ctx.role, "call.read")) where.member ??= ctx.memberId;
  const need = limit + 1;
  const rows = hasIndex(where)
    ? await ctx.db.select().from(calls).where(condition).orderBy(desc(calls.id)).limit(need)
    : await findSparse(ctx, { where, condition, ...resolveRange(filters, ctx.now()), cursor, need });
  const page = rows.slice(0, limit);
  return { calls: page.map(toCallView), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** Nothing besides what the indexes of `calls` begin with. */
function hasIndex(where: Where): boolean {
  const asked = Object.keys(where).sort().join(" ");
  return asked === "" || asked === "member" || asked === "server tool";
}
