import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findServer } from "@/lib/services/server/find";
import { missingSecrets } from "@/lib/services/server/needed-secrets";
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
  return { secrets: shared.map((row) => toSecretView(row, server)), missing: missingSecrets(server, rows) };
}
