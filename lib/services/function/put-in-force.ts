import { and, eq } from "drizzle-orm";
import { functions } from "@/db/schema/functions";
import { servers } from "@/db/schema/servers";
import type { Manifest } from "@/lib/functions/manifest";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { readSecrets } from "@/lib/services/secret/store";
import { manifestNeeds, missingSecrets } from "@/lib/services/server/secret-needs";
import { storeTools } from "@/lib/services/server/store-probe";
import { auditToolChanges } from "@/lib/services/server/test-server";
import type { Hosted } from "./find";
import type { PinnedTool } from "./pin-tools";

/**
 * Makes a deployment the one that answers, and its tools the server's. The workspace must be touched and both rows
 * locked by the same transaction.
 */
export async function putInForce(
  tx: Db,
  ctx: WorkspaceCtx,
  { server, fn }: Hosted,
  deployment: { id: string; version: number; tools: PinnedTool[] },
): Promise<void> {
  const now = ctx.now();
  const workspaceId = ctx.workspace.id;
  await tx
    .update(functions)
    .set({ activeDeploymentId: deployment.id, updatedAt: now })
    .where(and(eq(functions.workspaceId, workspaceId), eq(functions.id, fn.id)));
  await tx
    .update(servers)
    .set({ serverVersion: String(deployment.version), problem: null, probedAt: now, updatedAt: now })
    .where(and(eq(servers.workspaceId, workspaceId), eq(servers.id, server.id)));
  const changes = await storeTools(tx, ctx, server.id, deployment.tools, { now, seenByAdmin: true });
  await auditToolChanges(tx, ctx, server, changes);
}

/** Secrets that a deployment would wait for. */
export const missingFor = async (db: Db, ctx: WorkspaceCtx, { server }: Hosted, manifest: Manifest) =>
  missingSecrets(server, manifestNeeds(manifest), await readSecrets(db, ctx, server.id));
