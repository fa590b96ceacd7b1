import { createHash } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import { deployments } from "@/db/schema/functions";
import type { Manifest } from "@/lib/functions/manifest";
import { newId } from "@/lib/ids";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { DEPLOYMENT, type DeploymentSummary, type FunctionRow, ofFunction } from "./find";
import type { Tried } from "./trial";

/** A bundle that passed its trial, with the source that it was made of. */
export interface Candidate extends Tried {
  code: string;
  files: Record<string, string>;
  entry: string;
  note?: string;
}

export const digest = (code: string): string => createHash("sha256").update(code).digest("hex");

/** Keys in order, so that a manifest reads the same however it was stored. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}

/** Whether two manifests declare the same, in the same order of hosts. */
export const sameManifest = (a: Manifest, b: Manifest): boolean => manifestText(a) === manifestText(b);
const manifestText = (manifest: Manifest): string => JSON.stringify(canonical(manifest));

/**
 * Writes a deployment under the function's next version. Its address has to stand for its manifest too, or a running
 * isolate would not know which of two holds: where the same code was kept under another manifest (of `aerostack.json`),
 * a comment with the new one's digest sets them apart. The function's row must be locked.
 */
export async function keepDeployment(
  tx: Db,
  ctx: WorkspaceCtx,
  fn: FunctionRow,
  candidate: Candidate,
): Promise<DeploymentSummary> {
  const { manifest, tools, startMs, files, entry, note = null } = candidate;
  const code = await distinct(tx, ctx, fn, candidate);
  const [last] = await tx
    .select({ version: sql<number>`coalesce(max(${deployments.version}), 0)` })
    .from(deployments)
    .where(ofFunction(ctx, fn));
  const now = ctx.now();
  const [row] = await tx
    .insert(deployments)
    .values({
      id: newId("deployment", now.getTime()),
      workspaceId: ctx.workspace.id,
      functionId: fn.id,
      version: (last?.version ?? 0) + 1,
      sha256: digest(code),
      code,
      files,
      entry,
      manifest,
      tools,
      startMs: Math.round(startMs),
      note,
      createdBy: ctx.actor.name,
      createdAt: now,
    })
    .returning(DEPLOYMENT);
  if (!row) throw new Error("an insert answers its row");
  return row;
}

async function distinct(tx: Db, ctx: WorkspaceCtx, fn: FunctionRow, { code, manifest }: Candidate): Promise<string> {
  const known = await tx
    .select({ sha256: deployments.sha256, manifest: deployments.manifest })
    .from(deployments)
    .where(sql`${ofFunction(ctx, fn)} and ${eq(deployments.sha256, digest(code))}`)
    .orderBy(desc(deployments.version))
    .limit(1);
  const same = known.every((row) => sameManifest(row.manifest, manifest));
  return same ? code : `${code}\n// manifest ${digest(manifestText(manifest))}\n`;
}
