import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findServer } from "@/lib/services/server/find";
import { missingSecrets, secretMode } from "@/lib/services/server/needed-secrets";
import { toProbeView } from "@/lib/services/server/probe-upstream";
import { saveSecret } from "./save";
import { SetSecretInput } from "./schemas";
import { readSecrets } from "./store";
import { checkTestTool } from "./test-tools";
import { toSecretView } from "./to-view";
import type { SecretSetView } from "./view";

/**
 * Sets or replaces a shared secret, sealed and bound to the server's origin. The server is tested with the new value
 * first (its tools listed, and `testTool` called where one is named); an old value stays in force until that passed.
 * `force` keeps the new one although the test failed.
 * @throws AppError `forbidden`, `not_found`, `invalid` (never quoting the value), `upstream_failed` (the old one stays)
 */
export async function setSecret(ctx: WorkspaceCtx, input: SetSecretInput): Promise<SecretSetView> {
  requirePermission(ctx, "secret.manage");
  const { server: ref, ...given } = parse(SetSecretInput, input);
  const found = await findServer(ctx.db, ctx, ref);
  await checkTestTool(ctx, found, given.testTool);
  const { row, server, result } = await saveSecret(ctx, { server: found, memberId: null, ...given });
  const secret = toSecretView(row, server);
  const warnings = secret.headers.length > 0 ? [] : [`No header of ${server.slug} uses {{${row.name}}} yet.`];
  if (secretMode(server, row.name) === "member")
    warnings.push(`Each member uses their own ${row.name}; this value waits until its mode is changed.`);
  return {
    secret,
    missingSecrets: missingSecrets(server, await readSecrets(ctx.db, ctx, server.id)),
    probe: toProbeView(server.slug, result),
    warnings,
  };
}
