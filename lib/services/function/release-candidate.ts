import { and, eq } from "drizzle-orm";
import { deployments, functions } from "@/db/schema/functions";
import type { Manifest } from "@/lib/functions/manifest";
import { audit } from "@/lib/services/audit/record";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { readTools } from "@/lib/services/server/read";
import type { DeploymentSummary, Hosted } from "./find";
import { type Candidate, keepDeployment } from "./keep";
import { widened } from "./manifest-changes";
import { missingFor, putInForce } from "./put-in-force";
import { toDeploymentView, toToolNames } from "./to-view";
import type { DeployedView } from "./view";

/** What audit rows say of a deployment. */
export const factsOf = (deployment: { version: number; sha256: string; manifest: Manifest }) => ({
  version: deployment.version,
  sha256: deployment.sha256,
  hosts: deployment.manifest.hosts.map(({ host }) => host),
  secrets: Object.keys(deployment.manifest.secrets),
});

/** Manifest and facts of what answers now; null before the first deployment. */
export async function activeOf(db: Db, { fn }: Hosted) {
  if (fn.activeDeploymentId === null) return null;
  const { version, sha256, manifest } = deployments;
  const [row] = await db
    .select({ version, sha256, manifest })
    .from(deployments)
    .where(and(eq(deployments.workspaceId, fn.workspaceId), eq(deployments.id, fn.activeDeploymentId)));
  return row ?? null;
}

/**
 * Keeps a tried bundle as a deployment and, unless it is staged, lets it answer. Runs inside a transaction that has
 * locked the workspace and the function.
 */
export async function releaseCandidate(
  tx: Db,
  ctx: WorkspaceCtx,
  hosted: Hosted,
  candidate: Candidate,
  stage: boolean,
): Promise<DeployedView> {
  const before = await activeOf(tx, hosted);
  const deployment = await keepDeployment(tx, ctx, hosted.fn, candidate);
  if (!stage) await putInForce(tx, ctx, hosted, { ...deployment, tools: candidate.tools });
  const wider = widened(before?.manifest ?? null, candidate.manifest);
  const target = { type: "function", id: hosted.fn.id, name: hosted.server.name };
  await audit(tx, ctx, stage ? "function.stage" : "function.deploy", target, {
    ...(before && { before: { version: before.version } }),
    after: { ...factsOf(deployment), ...(wider.length > 0 && { widened: wider }) },
  });
  return deployedView(tx, ctx, hosted, deployment, { staged: stage, widened: wider });
}

/** The answer of deploying and activating. */
export async function deployedView(
  db: Db,
  ctx: WorkspaceCtx,
  hosted: Hosted,
  deployment: DeploymentSummary,
  more: { staged: boolean; widened: string[] },
): Promise<DeployedView> {
  const { server, fn } = hosted;
  const activeDeploymentId = more.staged ? fn.activeDeploymentId : deployment.id;
  return {
    server: { id: server.id, slug: server.slug },
    deployment: toDeploymentView(deployment, { ...fn, activeDeploymentId }),
    tools: toToolNames(server.slug, deployment.toolNames, await readTools(db, ctx, server)),
    missingSecrets: await missingFor(db, ctx, hosted, deployment.manifest),
    ...more,
  };
}

/** Replaces the draft. */
export async function writeDraft(
  tx: Db,
  ctx: WorkspaceCtx,
  { fn }: Hosted,
  draft: { files: Record<string, string>; entry: string },
): Promise<void> {
  await tx
    .update(functions)
    .set({ files: draft.files, entry: draft.entry, updatedAt: ctx.now() })
    .where(and(eq(functions.workspaceId, ctx.workspace.id), eq(functions.id, fn.id)));
}
