import { and, eq } from "drizzle-orm";
import { secrets } from "@/db/schema/secrets";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findServer } from "@/lib/services/server/find";
import { missingSecrets } from "@/lib/services/server/needed-secrets";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { DeleteSecretInput } from "./schemas";
import { readSecrets } from "./store";
import type { SecretDeletedView } from "./view";

/** Forgets a secret; calls to a server that needs it are refused from then on. @throws AppError `forbidden`, `not_found` */
export async function deleteSecret(ctx: WorkspaceCtx, input: DeleteSecretInput): Promise<SecretDeletedView> {
  requirePermission(ctx, "secret.manage");
  const { server: ref, name } = parse(DeleteSecretInput, input);
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const server = await findServer(tx, ctx, ref, true);
    const stored = await readSecrets(tx, ctx, server.id);
    const row = stored.find((secret) => secret.name === name);
    if (!row) throw new AppError("not_found", "This server has no such secret.");
    await tx.delete(secrets).where(and(eq(secrets.workspaceId, ctx.workspace.id), eq(secrets.id, row.id)));
    const target = { type: "secret", id: row.id, name: `${server.slug}/${name}` };
    await audit(tx, ctx, "secret.delete", target, { before: { version: row.version, origin: row.origin } });
    const left = stored.filter((secret) => secret.id !== row.id);
    return { name, deleted: true as const, missingSecrets: missingSecrets(server, left) };
  });
}
