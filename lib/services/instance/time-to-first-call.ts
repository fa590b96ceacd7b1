import { sql } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { type Ctx, requireInstanceOwner } from "@/lib/services/context";
import type { FirstCallView } from "./view";

/**
 * How long people take from joining a workspace to their first call that succeeds: the median over everybody who got
 * there. Filled as the rollups pass the calls, so the newest few minutes are not in it.
 * @throws AppError `forbidden` for everybody but the installation's owner
 */
export async function timeToFirstCall(ctx: Ctx): Promise<FirstCallView> {
  requireInstanceOwner(ctx);
  const took = sql`extract(epoch from ${members.firstCallAt} - ${members.createdAt}) * 1000`;
  const [row] = await ctx.db
    .select({
      people: sql<number>`count(*)::int`,
      arrived: sql<number>`count(${members.firstCallAt})::int`,
      medianMs: sql<
        number | null
      >`(percentile_cont(0.5) within group (order by greatest(${took}, 0)) filter (where ${members.firstCallAt} is not null))::float8`,
    })
    .from(members)
    .where(sql`${members.role} <> 'auditor'`);
  return { people: row?.people ?? 0, arrived: row?.arrived ?? 0, medianMs: row?.medianMs ?? null };
}
