import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findServer, type ServerRow } from "@/lib/services/server/find";
import { secretMode } from "@/lib/services/server/needed-secrets";
import { toProbeView } from "@/lib/services/server/probe-upstream";
import { missingSecrets, readNeedsOf } from "@/lib/services/server/secret-needs";
import { saveSecret } from "./save";
import { saveFunctionSecret, storedProbe } from "./save-function-secret";
import { SetSecretInput } from "./schemas";
import { readSecrets } from "./store";
import { checkTestTool } from "./test-tools";
import { toSecretView } from "./to-view";
import type { SecretSetView } from "./view";

/**
 * Sets or replaces a shared secret, sealed and bound to the server's origin. The server is tested with the new value
 * first (its tools listed, and `testTool` called where one is named); an old value stays in force until that passed.
 * `force` keeps the new one although the test failed. A function's secret is bound to the hosts it declares, untested.
 * @throws AppError `forbidden`, `not_found`, `invalid` (never quoting the value), `upstream_failed` (the old one stays)
 */
export async function setSecret(ctx: WorkspaceCtx, input: SetSecretInput): Promise<SecretSetView> {
  requirePermission(ctx, "secret.manage");
  const { server: ref, ...given } = parse(SetSecretInput, input);
  const found = await findServer(ctx.db, ctx, ref);
  const { row, server, probe } =
    found.kind === "hosted" ? await store(ctx, found, given) : await test(ctx, found, given);
  const needs = await readNeedsOf(ctx.db, ctx, server);
  const secret = toSecretView(row, server, needs);
  const warnings = secret.headers.length > 0 ? [] : [`No header of ${server.slug} uses {{${row.name}}} yet.`];
  if (secretMode(server, row.name) === "member")
    warnings.push(`Each member uses their own ${row.name}; this value waits until its mode is changed.`);
  return {
    secret,
    missingSecrets: missingSecrets(server, needs, await readSecrets(ctx.db, ctx, server.id)),
    probe,
    warnings,
  };
}

type Given = Omit<ReturnType<typeof SetSecretInput.parse>, "server">;

async function test(ctx: WorkspaceCtx, found: ServerRow, given: Given) {
  await checkTestTool(ctx, found, given.testTool);
  const { row, server, result } = await saveSecret(ctx, { server: found, memberId: null, ...given });
  return { row, server, probe: toProbeView(server.slug, result) };
}

async function store(ctx: WorkspaceCtx, server: ServerRow, given: Given) {
  const row = await saveFunctionSecret(ctx, { server, ...given });
  return { row, server, probe: storedProbe(row) };
}
