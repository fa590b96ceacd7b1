import { validateSecretValue } from "@/lib/mcp/header-template";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findServer } from "@/lib/services/server/find";
import { missingSecrets } from "@/lib/services/server/needed-secrets";
import { toProbeView } from "@/lib/services/server/probe-upstream";
import { testServer } from "@/lib/services/server/test-server";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { SetSecretInput } from "./schemas";
import { readSecrets, storeSecret } from "./store";
import { toSecretView } from "./to-view";
import type { SecretSetView } from "./view";

/**
 * Stores or replaces a secret, sealed and bound to the server's origin, then tests the server with it and stores the
 * tools that it shows. A failed test does not undo the secret; the answer and the server's row say what was seen.
 * @throws AppError `forbidden`, `not_found`, `invalid` (never quoting the value)
 */
export async function setSecret(ctx: WorkspaceCtx, input: SetSecretInput): Promise<SecretSetView> {
  requirePermission(ctx, "secret.manage");
  const { server: ref, name, value } = parse(SetSecretInput, input);
  validateSecretValue(value);
  const { server, row } = await ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const server = await findServer(tx, ctx, ref, true);
    return { server, row: await storeSecret(tx, ctx, server, name, value) };
  });
  const { result } = await testServer(ctx, server);
  const secret = toSecretView(row, server);
  const warnings = secret.headers.length > 0 ? [] : [`No header of ${server.slug} uses {{${name}}} yet.`];
  return {
    secret,
    missingSecrets: missingSecrets(server, await readSecrets(ctx.db, ctx, server.id)),
    probe: toProbeView(server.slug, result),
    warnings,
  };
}
