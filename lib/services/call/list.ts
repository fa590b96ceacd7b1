import { and, desc, lt } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import type { WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { callCondition } from "./filters";
import { ListCallsInput } from "./schemas";
import { toCallView } from "./to-view";
import type { CallPage } from "./view";

/** Attributed calls, newest first; plain members see their own. @throws AppError `invalid` */
export async function listCalls(ctx: WorkspaceCtx, input: ListCallsInput = {}): Promise<CallPage> {
  const { cursor, limit, ...filters } = parse(ListCallsInput, input);
  const rows = await ctx.db
    .select()
    .from(calls)
    .where(and(callCondition(ctx, filters), cursor === undefined ? undefined : lt(calls.id, cursor)))
    .orderBy(desc(calls.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return { calls: page.map(toCallView), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
