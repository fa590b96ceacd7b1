import { and, eq } from "drizzle-orm";
import { servers } from "@/db/schema/servers";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { storeSecret } from "@/lib/services/secret/store";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { acceptProbe } from "./accept";
import { safeHeaders, safeUrl } from "./audit-fields";
import { checkHeaders, checkSecretValues } from "./check-headers";
import { checkServerUrl } from "./check-url";
import { neededSecrets } from "./needed-secrets";
import { probeUpstream, toProbeView } from "./probe-upstream";
import { viewServer } from "./read";
import { AddServerInput } from "./schemas";
import { storeProbe } from "./store-probe";
import type { ServerSaved } from "./view";

/**
 * Adds a proxied server: checks the URL and headers, tests it, saves it with its tools (and the secrets given along,
 * sealed). Waiting for a secret is no obstacle; a server that does not answer is saved only with `force`.
 * @throws AppError `forbidden`, `invalid`, `conflict` (slug), `upstream_failed`
 */
export async function addServer(ctx: WorkspaceCtx, input: AddServerInput): Promise<ServerSaved> {
  requirePermission(ctx, "server.manage");
  const { slug, name = slug, url, headers, secrets, force } = parse(AddServerInput, input);
  const warnings = checkHeaders(headers);
  const values = checkSecretValues(secrets);
  const { href } = await checkServerUrl(ctx, url);
  await refuseTaken(ctx, slug);
  const result = await probeUpstream(ctx, { url: href, headers, values });
  acceptProbe(result, force);
  const now = ctx.now();
  const workspaceId = ctx.workspace.id;
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, workspaceId);
    const [added] = await tx
      .insert(servers)
      .values({
        id: newId("server", now.getTime()),
        workspaceId,
        slug,
        name,
        kind: "proxy",
        url: href,
        transport: "streamable-http",
        headers,
        createdAt: now,
        updatedAt: now,
      })
      .onConflictDoNothing({ target: [servers.workspaceId, servers.slug] })
      .returning();
    if (!added) throw taken();
    const after = { slug, url: safeUrl(href), headers: safeHeaders(headers) };
    await audit(tx, ctx, "server.add", { type: "server", id: added.id, name }, { after });
    for (const [secret, value] of values) await storeSecret(tx, ctx, added, { name: secret, value, memberId: null });
    const { row, changes } = await storeProbe(tx, ctx, added, result);
    const missing = neededSecrets(headers).filter((secret) => !values.has(secret));
    return {
      server: await viewServer(tx, ctx, row),
      probe: toProbeView(slug, result),
      missingSecrets: missing,
      warnings,
      changes,
    };
  });
}

const taken = () =>
  new AppError("conflict", "This workspace has a server with this slug. Choose another.", { field: "slug" });

/** Early answer before a slow test; the insert decides for good. */
async function refuseTaken(ctx: WorkspaceCtx, slug: string): Promise<void> {
  const rows = await ctx.db
    .select({ id: servers.id })
    .from(servers)
    .where(and(eq(servers.workspaceId, ctx.workspace.id), eq(servers.slug, slug)));
  if (rows.length > 0) throw taken();
}
