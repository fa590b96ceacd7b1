import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findServer } from "@/lib/services/server/find";
import { missingSecrets, readNeedsOf } from "@/lib/services/server/secret-needs";
import { ListSecretsInput } from "./schemas";
import { readSecrets } from "./store";
import { toSecretView } from "./to-view";
import type { SecretList } from "./view";

/** Names and bindings of a server's shared secrets; no value and no part of one. @throws AppError `forbidden` below admin, `not_found` */
export async function listSecrets(ctx: WorkspaceCtx, input: ListSecretsInput): Promise<SecretList> {
  requirePermission(ctx, "secret.manage");
  const { server: ref } = parse(ListSecretsInput, input);
  const server = await findServer(ctx.db, ctx, ref);
  const rows = await readSecrets(ctx.db, ctx, server.id);
  const shared = rows.filter((row) => row.memberId === null);
  const needs = await readNeedsOf(ctx.db, ctx, server);
  return {
    secrets: shared.map((row) => toSecretView(row, server, needs)),
    missing: missingSecrets(server, needs, rows),
  };
}
