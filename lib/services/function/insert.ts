import { functions } from "@/db/schema/functions";
import { servers } from "@/db/schema/servers";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import type { Hosted } from "./find";

const UNDEPLOYED = "Nothing is deployed yet. Deploy the function.";

/** A URL that no network has: a hosted server is reached through the runtime, and whoever dials this finds nothing. */
const nowhere = (serverId: string): string => `https://${serverId}.functions.invalid/mcp`;

/**
 * Makes a hosted server with its draft. The workspace must be touched by the same transaction.
 * @throws AppError `conflict` (field `slug`)
 */
export async function insertFunction(
  tx: Db,
  ctx: WorkspaceCtx,
  made: { slug: string; name: string; files: Record<string, string>; entry: string; from?: string },
): Promise<Hosted> {
  const { slug, name, files, entry, from } = made;
  const now = ctx.now();
  const workspaceId = ctx.workspace.id;
  const id = newId("server", now.getTime());
  const [server] = await tx
    .insert(servers)
    .values({
      id,
      workspaceId,
      slug,
      name,
      kind: "hosted",
      url: nowhere(id),
      transport: "streamable-http",
      headers: [],
      problem: UNDEPLOYED,
      createdAt: now,
      updatedAt: now,
    })
    .onConflictDoNothing({ target: [servers.workspaceId, servers.slug] })
    .returning();
  if (!server)
    throw new AppError("conflict", "This workspace has a server with this slug. Choose another.", { field: "slug" });
  const [fn] = await tx
    .insert(functions)
    .values({
      id: newId("function", now.getTime()),
      workspaceId,
      serverId: id,
      files,
      entry,
      createdAt: now,
      updatedAt: now,
    })
    .returning();
  if (!fn) throw new Error("an insert answers its row");
  const after = { slug, ...(from && { from }) };
  await audit(tx, ctx, "function.create", { type: "function", id: fn.id, name }, { after });
  return { server, fn };
}
