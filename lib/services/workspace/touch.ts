import { eq, sql } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import type { Db } from "@/lib/services/context";

/**
 * Raises the workspace's version, which the gateway's caches and `list_changed` follow. Called first in a
 * transaction it also makes changes of one workspace wait for each other.
 */
export async function touchWorkspace(tx: Db, workspaceId: string): Promise<void> {
  await tx
    .update(workspaces)
    .set({ version: sql`${workspaces.version} + 1` })
    .where(eq(workspaces.id, workspaceId));
}

/** Makes changes of one workspace wait for each other without the gateway noticing. */
export async function lockWorkspace(tx: Db, workspaceId: string): Promise<void> {
  await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspaceId)).for("update");
}

/** For changes that concern every workspace's upstreams. */
export async function touchAllWorkspaces(tx: Db): Promise<void> {
  await tx.update(workspaces).set({ version: sql`${workspaces.version} + 1` });
}

/** As `touchWorkspace`, for changes of who may come in and what for: tokens, grants, members, roles, scopes. The gateway reads those anew everywhere within a second. */
export async function touchAccess(tx: Db, workspaceId: string): Promise<void> {
  await tx
    .update(workspaces)
    .set({ accessVersion: sql`${workspaces.accessVersion} + 1` })
    .where(eq(workspaces.id, workspaceId));
}
