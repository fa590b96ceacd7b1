import { and, eq } from "drizzle-orm";
import { functions } from "@/db/schema/functions";
import { servers } from "@/db/schema/servers";
import { AppError } from "@/lib/errors";
import { parseManifest } from "@/lib/functions/manifest";
import { type Db, requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { lockWorkspace, touchWorkspace } from "@/lib/services/workspace/touch";
import { requireEngine } from "./engine";
import type { Hosted } from "./find";
import { insertFunction } from "./insert";
import { digest, sameManifest } from "./keep";
import { releaseCandidate, writeDraft } from "./release-candidate";
import { UploadFunctionInput } from "./schemas";
import { tryBundle } from "./trial";
import type { DeployedView } from "./view";

/**
 * Makes a deployment of a bundle that was made on the author's machine, and the function where there is none of that
 * slug. Nothing is believed: the hash is computed again, the bundle tried here, and what it declares here must be what
 * the author saw there. Its files become the draft.
 * @throws AppError `forbidden`, `invalid`, `conflict` (field `slug`: another kind of server has it), `unavailable`
 */
export async function uploadFunction(ctx: WorkspaceCtx, input: UploadFunctionInput): Promise<DeployedView> {
  requirePermission(ctx, "function.manage");
  const { slug, name, code, sha256, files, entry, note, stage, ...given } = parse(UploadFunctionInput, input);
  const sent = parseManifest(given.manifest);
  if (digest(code) !== sha256)
    throw new AppError("invalid", "The bundle's SHA-256 is another one: it did not arrive whole. Send it again.", {
      field: "sha256",
    });
  const known = await findHosted(ctx.db, ctx, slug);
  const tried = await tryBundle(ctx, requireEngine(ctx), code, files, known?.fn.vars ?? {});
  if (!sameManifest(tried.manifest, sent))
    throw new AppError("invalid", "The bundle declares other hosts, secrets or limits here than where it was made.", {
      field: "manifest",
    });
  return ctx.db.transaction(async (tx) => {
    await (stage && known ? lockWorkspace : touchWorkspace)(tx, ctx.workspace.id);
    const found = await findHosted(tx, ctx, slug, true);
    const made = { slug, name: name ?? slug, files, entry, from: "upload" };
    const hosted = found ?? (await insertFunction(tx, ctx, made));
    if (found) await update(tx, ctx, found, { name, files, entry });
    return releaseCandidate(tx, ctx, hosted, { ...tried, code, files, entry, note }, stage);
  });
}

/** The function of that slug, or null; @throws AppError `conflict` where the slug is another server's */
async function findHosted(db: Db, ctx: WorkspaceCtx, slug: string, lock = false): Promise<Hosted | null> {
  const ofSlug = and(eq(servers.workspaceId, ctx.workspace.id), eq(servers.slug, slug));
  const query = db.select().from(servers).where(ofSlug);
  const [server] = await (lock ? query.for("update") : query);
  if (!server) return null;
  const [fn] = await db
    .select()
    .from(functions)
    .where(and(eq(functions.workspaceId, ctx.workspace.id), eq(functions.serverId, server.id)));
  if (fn) return { server, fn };
  throw new AppError("conflict", "This slug belongs to a server that is no function. Choose another.", {
    field: "slug",
  });
}

async function update(
  tx: Db,
  ctx: WorkspaceCtx,
  hosted: Hosted,
  { name, ...draft }: { name?: string; files: Record<string, string>; entry: string },
): Promise<void> {
  await writeDraft(tx, ctx, hosted, draft);
  if (name === undefined || name === hosted.server.name) return;
  await tx
    .update(servers)
    .set({ name, updatedAt: ctx.now() })
    .where(and(eq(servers.workspaceId, ctx.workspace.id), eq(servers.id, hosted.server.id)));
}
