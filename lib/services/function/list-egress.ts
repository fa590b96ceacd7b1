import { and, desc, eq, lt, sql } from "drizzle-orm";
import { egressRecords } from "@/db/schema/egress-records";
import { deployments } from "@/db/schema/functions";
import { members } from "@/db/schema/members";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { iso } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { findFunction } from "./find";
import { ListEgressInput } from "./schemas";
import type { EgressPage } from "./view";

/** Outbound requests of a function, newest first: whom it reached for whom. @throws AppError `forbidden`, `not_found`, `invalid` */
export async function listEgress(ctx: WorkspaceCtx, input: ListEgressInput): Promise<EgressPage> {
  requirePermission(ctx, "function.manage");
  const { function: ref, call, member, verdict, cursor, limit } = parse(ListEgressInput, input);
  const { fn } = await findFunction(ctx.db, ctx, ref);
  const workspaceId = ctx.workspace.id;
  const rows = await ctx.db
    .select({
      record: egressRecords,
      member: members.name,
      version: sql<number | null>`(select max(d.version) from ${deployments} d
        where d.function_id = ${fn.id} and d.sha256 = ${egressRecords.sha256})`,
    })
    .from(egressRecords)
    .leftJoin(members, and(eq(members.id, egressRecords.memberId), eq(members.workspaceId, workspaceId)))
    .where(
      and(
        eq(egressRecords.workspaceId, workspaceId),
        eq(egressRecords.serverId, fn.serverId),
        call === undefined ? undefined : eq(egressRecords.callId, call),
        member === undefined ? undefined : eq(egressRecords.memberId, member),
        verdict === undefined ? undefined : eq(egressRecords.verdict, verdict),
        cursor === undefined ? undefined : lt(egressRecords.id, cursor),
      ),
    )
    .orderBy(desc(egressRecords.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return {
    requests: page.map(({ record, ...found }) => ({
      id: record.id,
      time: iso(record.occurredAt),
      memberId: record.memberId,
      call: record.callId,
      method: record.method,
      host: record.host,
      path: record.path,
      status: record.status,
      verdict: record.verdict,
      ms: record.ms,
      ...found,
    })),
    nextCursor: rows.length > limit ? (page.at(-1)?.record.id ?? null) : null,
  };
}
