import { and, eq } from "drizzle-orm";
import { type HeaderTemplate, servers } from "@/db/schema/servers";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { type Db, requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { openSecrets, readSecrets } from "@/lib/services/secret/store";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { acceptProbe } from "./accept";
import { safeHeaders, safeUrl } from "./audit-fields";
import { checkHeaders } from "./check-headers";
import { checkServerUrl } from "./check-url";
import { findServer, type ServerRow } from "./find";
import { type ProbeResult, probeUpstream, toProbeView } from "./probe-upstream";
import { viewServer } from "./read";
import { UpdateServerInput } from "./schemas";
import { missingSecrets, readNeedsOf } from "./secret-needs";
import { storeProbe } from "./store-probe";
import { auditToolChanges } from "./test-server";
import type { ServerSaved } from "./view";

/**
 * Changes name, URL or headers. A new URL or new headers are tested first, as on adding. Secrets stay bound to the
 * origin they were set for: when the URL moves to another one they are refused until they are set again.
 * @throws AppError `forbidden`, `not_found`, `invalid`, `upstream_failed`
 */
export async function updateServer(ctx: WorkspaceCtx, input: UpdateServerInput): Promise<ServerSaved> {
  requirePermission(ctx, "server.manage");
  const { server: ref, name, url, headers, force } = parse(UpdateServerInput, input);
  const before = await findServer(ctx.db, ctx, ref);
  if (before.kind === "hosted") refuseAddress(url, headers);
  const warnings = headers ? checkHeaders(headers) : [];
  const next = {
    name: name ?? before.name,
    url: url === undefined ? before.url : (await checkServerUrl(ctx, url)).href,
    headers: headers ?? before.headers,
  };
  const result = url === undefined && headers === undefined ? null : await probeNext(ctx, before, next);
  if (result) acceptProbe(result, force);
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const old = await findServer(tx, ctx, before.id, true);
    const [changed] = await tx
      .update(servers)
      .set({ ...next, updatedAt: ctx.now() })
      .where(and(eq(servers.workspaceId, ctx.workspace.id), eq(servers.id, old.id)))
      .returning();
    if (!changed) throw new Error("the row is locked by this transaction");
    await audit(
      tx,
      ctx,
      "server.update",
      { type: "server", id: old.id, name: next.name },
      { before: facts(old), after: facts(changed) },
    );
    return saved(tx, ctx, changed, result, warnings);
  });
}

/** @throws AppError `invalid`: a hosted server is reached by no URL and sends no headers of ours */
function refuseAddress(url: string | undefined, headers: HeaderTemplate[] | undefined): void {
  if (url === undefined && headers === undefined) return;
  throw new AppError("invalid", "A function has no URL and no headers. Only its name can be changed here.", {
    field: url === undefined ? "headers" : "url",
  });
}

const facts = (row: { name: string; url: string; headers: HeaderTemplate[] }) => ({
  name: row.name,
  url: safeUrl(row.url),
  headers: safeHeaders(row.headers),
});

async function probeNext(
  ctx: WorkspaceCtx,
  server: ServerRow,
  next: { url: string; headers: HeaderTemplate[] },
): Promise<ProbeResult> {
  const values = await openSecrets(ctx, server, new URL(next.url).origin);
  return probeUpstream(ctx, { ...next, values });
}

async function saved(
  tx: Db,
  ctx: WorkspaceCtx,
  row: ServerRow,
  result: ProbeResult | null,
  warnings: string[],
): Promise<ServerSaved> {
  const stored = result
    ? await storeProbe(tx, ctx, row, result)
    : { row, changes: { added: [], removed: [], changed: [] } };
  await auditToolChanges(tx, ctx, stored.row, stored.changes);
  return {
    server: await viewServer(tx, ctx, stored.row),
    probe: result && toProbeView(row.slug, result),
    missingSecrets: missingSecrets(row, await readNeedsOf(tx, ctx, row), await readSecrets(tx, ctx, row.id)),
    warnings,
    changes: stored.changes,
  };
}
