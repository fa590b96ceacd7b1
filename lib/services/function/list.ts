import { and, asc, eq, gte, inArray, sql } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import { deployments, functions } from "@/db/schema/functions";
import { servers } from "@/db/schema/servers";
import { idFloor } from "@/lib/ids";
import { type Db, requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { viewServers } from "@/lib/services/server/read";
import { engineView } from "./engine";
import type { Hosted } from "./find";
import { type ActiveFacts, toFunctionView } from "./to-view";
import type { FunctionList, FunctionView } from "./view";

const DAY_MS = 86_400_000;

/** Functions of the workspace by slug. @throws AppError `forbidden` */
export async function listFunctions(ctx: WorkspaceCtx): Promise<FunctionList> {
  requirePermission(ctx, "function.manage");
  const rows = await ctx.db
    .select({ server: servers, fn: functions })
    .from(functions)
    .innerJoin(servers, eq(servers.id, functions.serverId))
    .where(eq(functions.workspaceId, ctx.workspace.id))
    .orderBy(asc(servers.slug));
  return { functions: await viewFunctions(ctx.db, ctx, rows), engine: engineView(ctx) };
}

/** Functions with what their views need beside the rows: some queries, however many functions. */
export async function viewFunctions(db: Db, ctx: WorkspaceCtx, rows: Hosted[]): Promise<FunctionView[]> {
  const views = await viewServers(
    db,
    ctx,
    rows.map(({ server }) => server),
  );
  const active = await readActive(db, ctx, rows);
  const counted = await countCalls(db, ctx, rows);
  return views.flatMap((view, at) => {
    const fn = rows[at]?.fn;
    return fn ? [toFunctionView(ctx, fn, view, active.get(fn.id) ?? null, counted.get(fn.serverId) ?? 0)] : [];
  });
}

async function readActive(db: Db, ctx: WorkspaceCtx, rows: Hosted[]): Promise<Map<string, ActiveFacts>> {
  const ids = rows.flatMap(({ fn }) => fn.activeDeploymentId ?? []);
  if (ids.length === 0) return new Map();
  const { functionId, version, sha256, createdAt } = deployments;
  const found = await db
    .select({ functionId, version, sha256, createdAt })
    .from(deployments)
    .where(and(eq(deployments.workspaceId, ctx.workspace.id), inArray(deployments.id, ids)));
  return new Map(found.map((row) => [row.functionId, row]));
}

/** Calls of the last 24 hours by server, by the index on workspace and id. */
async function countCalls(db: Db, ctx: WorkspaceCtx, rows: Hosted[]): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map();
  const found = await db
    .select({ serverId: calls.serverId, count: sql<number>`count(*)::int` })
    .from(calls)
    .where(
      and(
        eq(calls.workspaceId, ctx.workspace.id),
        gte(calls.id, idFloor("call", ctx.now().getTime() - DAY_MS)),
        inArray(
          calls.serverId,
          rows.map(({ server }) => server.id),
        ),
      ),
    )
    .groupBy(calls.serverId);
  return new Map(found.map(({ serverId, count }) => [serverId ?? "", count]));
}
