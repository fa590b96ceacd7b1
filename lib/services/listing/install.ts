import { and, eq, inArray } from "drizzle-orm";
import { serverTools } from "@/db/schema/server-tools";
import { servers } from "@/db/schema/servers";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import { type Db, requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { storeSecret } from "@/lib/services/secret/store";
import { safeHeaders, safeUrl } from "@/lib/services/server/audit-fields";
import { checkHeaders, checkSecretValues } from "@/lib/services/server/check-headers";
import { checkServerUrl } from "@/lib/services/server/check-url";
import { probeUpstream, toProbeView } from "@/lib/services/server/probe-upstream";
import { viewServer } from "@/lib/services/server/read";
import { storeProbe } from "@/lib/services/server/store-probe";
import { toToolView } from "@/lib/services/tool/to-view";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { acceptInstall } from "./accept";
import { findListing } from "./find";
import { freeSlug, slugFor } from "./installed";
import { InstallListingInput } from "./schemas";
import { toTarget } from "./target";
import type { ListingInstalled } from "./view";

/**
 * Makes a server of a listing: asks it for its tools first, then saves it with them (as an admin has now seen them), its
 * header templates and the secrets, sealed to the endpoint's origin; all or nothing. Two installs under one slug make one.
 * @throws AppError `forbidden`, `not_found`, `invalid` (a refused key too), `conflict` (slug), `upstream_failed`
 */
export async function installListing(ctx: WorkspaceCtx, input: InstallListingInput): Promise<ListingInstalled> {
  requirePermission(ctx, "server.manage");
  const wanted = parse(InstallListingInput, input);
  const { readOnly, force } = wanted;
  const listing = findListing(ctx, wanted.listing);
  const { endpoint, url, headers } = toTarget(listing, wanted);
  const values = checkSecretValues(wanted.secrets);
  checkHeaders(headers);
  const { href } = await checkServerUrl(ctx, url);
  const slug = wanted.slug ?? slugFor(listing);
  const name = wanted.name ?? listing.name;
  await refuseTaken(ctx.db, ctx, slug);
  const result = await probeUpstream(ctx, { url: href, headers, values });
  acceptInstall(result, { listing, host: new URL(href).host, sent: [...values.keys()], force });
  if (!result.ok && readOnly)
    throw new AppError(
      "invalid",
      "Which tools only read is known when the server answers. Add it without this limit.",
      {
        field: "readOnly",
      },
    );
  const now = ctx.now();
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    await refuseTaken(tx, ctx, slug);
    const [added] = await tx
      .insert(servers)
      .values({
        id: newId("server", now.getTime()),
        workspaceId: ctx.workspace.id,
        slug,
        name,
        kind: "hub",
        listing: listing.slug,
        url: href,
        transport: endpoint.transport,
        headers,
        createdAt: now,
        updatedAt: now,
      })
      .returning();
    if (!added) throw new Error("an insert answers its row");
    const tools = result.ok ? result.tools : [];
    const switchedOff = readOnly ? tools.filter((tool) => !onlyReads(tool)).map((tool) => tool.name) : [];
    const source = { listing: listing.slug, endpoint: endpoint.label, ...(listing.own && { own: true }) };
    const limits = { ...(readOnly && { switchedOff: switchedOff.length }), ...(!result.ok && { untested: true }) };
    const after = { slug, ...source, url: safeUrl(href), headers: safeHeaders(headers), ...limits };
    await audit(tx, ctx, "server.install", { type: "server", id: added.id, name }, { after });
    for (const [secret, value] of values) await storeSecret(tx, ctx, added, { name: secret, value, memberId: null });
    const { row } = await storeProbe(tx, ctx, added, result);
    if (switchedOff.length > 0)
      await tx
        .update(serverTools)
        .set({ enabled: false })
        .where(and(eq(serverTools.serverId, added.id), inArray(serverTools.name, switchedOff)));
    return { server: await viewServer(tx, ctx, row), probe: toProbeView(slug, result), switchedOff };
  });
}

/** By the server's own word; a tool that says nothing may write. */
const onlyReads = (tool: { name: string; definition: string }): boolean =>
  toToolView("", { ...tool, enabled: true, listed: true }).readOnly === true;

/** Once before the slow test, and once with the workspace locked, where it decides. */
async function refuseTaken(db: Db, ctx: WorkspaceCtx, slug: string): Promise<void> {
  const free = await freeSlug(db, ctx, slug);
  if (free === slug) return;
  throw new AppError("conflict", `This workspace has a server called ${slug}. ${free} is free.`, { field: "slug" });
}
