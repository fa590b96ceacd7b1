import { and, eq } from "drizzle-orm";
import { secrets } from "@/db/schema/secrets";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findServer } from "@/lib/services/server/find";
import { missingSecrets, readNeedsOf } from "@/lib/services/server/secret-needs";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { DeleteOwnSecretInput, DeleteSecretInput } from "./schemas";
import { readSecrets } from "./store";
import type { SecretDeletedView } from "./view";

/** Forgets a shared secret; calls that need it are refused from then on. @throws AppError `forbidden`, `not_found` */
export async function deleteSecret(ctx: WorkspaceCtx, input: DeleteSecretInput): Promise<SecretDeletedView> {
  requirePermission(ctx, "secret.manage");
  return forget(ctx, parse(DeleteSecretInput, input), null);
}

/** Forgets the acting member's own value, used or not. @throws AppError `forbidden`, `not_found` */
export async function deleteOwnSecret(ctx: WorkspaceCtx, input: DeleteOwnSecretInput): Promise<SecretDeletedView> {
  requirePermission(ctx, "secret.own");
  return { ...(await forget(ctx, parse(DeleteOwnSecretInput, input), ctx.memberId)), missingSecrets: [] };
}

async function forget(
  ctx: WorkspaceCtx,
  { server: ref, name }: { server: string; name: string },
  memberId: string | null,
): Promise<SecretDeletedView> {
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const server = await findServer(tx, ctx, ref, true);
    const stored = await readSecrets(tx, ctx, server.id);
    const row = stored.find((secret) => secret.name === name && secret.memberId === memberId);
    if (!row) throw new AppError("not_found", "This server has no such secret.");
    await tx.delete(secrets).where(and(eq(secrets.workspaceId, ctx.workspace.id), eq(secrets.id, row.id)));
    const target = { type: "secret", id: row.id, name: `${server.slug}/${name}` };
    const before = { version: row.version, origin: row.origin, ...(memberId && { own: true }) };
    await audit(tx, ctx, "secret.delete", target, { before });
    const needs = await readNeedsOf(tx, ctx, server);
    const left = stored.filter((secret) => secret.id !== row.id);
    return { name, deleted: true as const, missingSecrets: missingSecrets(server, needs, left) };
  });
}
