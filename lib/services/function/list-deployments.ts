import { and, desc, lt } from "drizzle-orm";
import { deployments } from "@/db/schema/functions";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { DEPLOYMENT, findFunction, ofFunction } from "./find";
import { ListDeploymentsInput } from "./schemas";
import { toDeploymentView } from "./to-view";
import type { DeploymentPage } from "./view";

/** A function's history, newest first. @throws AppError `forbidden`, `not_found`, `invalid` */
export async function listDeployments(ctx: WorkspaceCtx, input: ListDeploymentsInput): Promise<DeploymentPage> {
  requirePermission(ctx, "function.manage");
  const { function: ref, cursor, limit } = parse(ListDeploymentsInput, input);
  const { fn } = await findFunction(ctx.db, ctx, ref);
  const rows = await ctx.db
    .select(DEPLOYMENT)
    .from(deployments)
    .where(and(ofFunction(ctx, fn), cursor === undefined ? undefined : lt(deployments.id, cursor)))
    .orderBy(desc(deployments.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return {
    deployments: page.map((row) => toDeploymentView(row, fn)),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
