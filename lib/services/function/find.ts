import { and, eq, sql } from "drizzle-orm";
import { deployments, functions } from "@/db/schema/functions";
import { servers } from "@/db/schema/servers";
import { AppError } from "@/lib/errors";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { isRef } from "@/lib/services/fields";
import type { ServerRow } from "@/lib/services/server/find";

export type FunctionRow = typeof functions.$inferSelect;
/** A hosted server with its source. */
export interface Hosted {
  server: ServerRow;
  fn: FunctionRow;
}

/**
 * A function of this workspace by its server's slug or id; `lock` holds both rows until the transaction ends.
 * @throws AppError `not_found` for unknown and foreign ones and for servers of another kind alike
 */
export async function findFunction(db: Db, ctx: WorkspaceCtx, ref: string, lock = false): Promise<Hosted> {
  const key = ref.startsWith("srv_") ? servers.id : servers.slug; // a slug holds no "_", so the two never meet
  const query = db
    .select({ server: servers, fn: functions })
    .from(servers)
    .innerJoin(functions, eq(functions.serverId, servers.id))
    .where(and(eq(servers.workspaceId, ctx.workspace.id), eq(key, ref)));
  const [row] = isRef(ref) ? await (lock ? query.for("update") : query) : [];
  if (!row) throw new AppError("not_found", "There is no such function in this workspace.");
  return row;
}

/** What is read of a deployment besides its code and source, which are large. */
export const DEPLOYMENT = {
  id: deployments.id,
  version: deployments.version,
  sha256: deployments.sha256,
  manifest: deployments.manifest,
  toolNames: sql<
    string[]
  >`(select coalesce(jsonb_agg(t->>'name'), '[]') from jsonb_array_elements(${deployments.tools}) t)`,
  startMs: deployments.startMs,
  note: deployments.note,
  createdBy: deployments.createdBy,
  createdAt: deployments.createdAt,
  bytes: sql<number>`octet_length(${deployments.code})`,
};
export type DeploymentSummary = Pick<
  typeof deployments.$inferSelect,
  "id" | "version" | "sha256" | "manifest" | "startMs" | "note" | "createdBy" | "createdAt"
> & { toolNames: string[]; bytes: number };

/** What a deployment was made of. */
export type DeploymentSource = Pick<
  typeof deployments.$inferSelect,
  "id" | "version" | "sha256" | "files" | "manifest" | "tools"
>;

/** Condition that a deployment is of that function. */
export const ofFunction = (ctx: WorkspaceCtx, fn: FunctionRow) =>
  and(eq(deployments.workspaceId, ctx.workspace.id), eq(deployments.functionId, fn.id));

/** A deployment of that function by its id. @throws AppError `not_found` */
export async function findDeployment(
  db: Db,
  ctx: WorkspaceCtx,
  fn: FunctionRow,
  id: string,
): Promise<DeploymentSource & { startMs: number }> {
  const { version, sha256, files, manifest, tools, startMs } = deployments;
  const [row] = isRef(id)
    ? await db
        .select({ id: deployments.id, version, sha256, files, manifest, tools, startMs })
        .from(deployments)
        .where(and(ofFunction(ctx, fn), eq(deployments.id, id)))
    : [];
  if (!row) throw new AppError("not_found", "This function has no such deployment.");
  return row;
}

/** The named deployment, else the active one. @throws AppError `not_found`, `conflict` where none is active */
export async function namedOrActive(db: Db, ctx: WorkspaceCtx, fn: FunctionRow, id: string | undefined) {
  const wanted = id ?? fn.activeDeploymentId;
  if (wanted === null) throw new AppError("conflict", "Nothing is deployed yet. Deploy the function first.");
  return findDeployment(db, ctx, fn, wanted);
}
