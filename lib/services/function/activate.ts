import { eq } from "drizzle-orm";
import { deployments } from "@/db/schema/functions";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { DEPLOYMENT, findDeployment, findFunction } from "./find";
import { widened } from "./manifest-changes";
import { putInForce } from "./put-in-force";
import { activeOf, deployedView, factsOf } from "./release-candidate";
import { ActivateDeploymentInput } from "./schemas";
import type { DeployedView } from "./view";

/**
 * Makes a kept deployment the one that answers, from the next call on: a staged one, or an older one to roll back. The
 * draft stays as it is.
 * @throws AppError `forbidden`, `not_found`, `conflict` where a setting has the name of a secret that it declares
 */
export async function activateDeployment(ctx: WorkspaceCtx, input: ActivateDeploymentInput): Promise<DeployedView> {
  requirePermission(ctx, "function.manage");
  const { function: ref, deployment: id } = parse(ActivateDeploymentInput, input);
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const hosted = await findFunction(tx, ctx, ref, true);
    const { server, fn } = hosted;
    const wanted = await findDeployment(tx, ctx, fn, id);
    const twice = Object.keys(wanted.manifest.secrets).find((name) => Object.hasOwn(fn.vars, name));
    if (twice !== undefined)
      throw new AppError("conflict", `It declares ${twice} as a secret. Remove the setting of that name first.`);
    const before = await activeOf(tx, hosted);
    const wider = widened(before?.manifest ?? null, wanted.manifest);
    if (fn.activeDeploymentId !== wanted.id) {
      await putInForce(tx, ctx, hosted, wanted);
      const target = { type: "function", id: fn.id, name: server.name };
      await audit(tx, ctx, "function.activate", target, {
        ...(before && { before: { version: before.version } }),
        after: { ...factsOf(wanted), ...(wider.length > 0 && { widened: wider }) },
      });
    }
    const [row] = await tx.select(DEPLOYMENT).from(deployments).where(eq(deployments.id, wanted.id));
    if (!row) throw new Error("it was just read in this transaction");
    return deployedView(tx, ctx, hosted, row, { staged: false, widened: wider });
  });
}
