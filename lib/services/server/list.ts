import { asc, eq } from "drizzle-orm";
import { servers } from "@/db/schema/servers";
import type { WorkspaceCtx } from "@/lib/services/context";
import { viewServers } from "./read";
import type { ServerView } from "./view";

/** Servers of this workspace by slug; every member may see which there are. */
export async function listServers(ctx: WorkspaceCtx): Promise<ServerView[]> {
  const rows = await ctx.db
    .select()
    .from(servers)
    .where(eq(servers.workspaceId, ctx.workspace.id))
    .orderBy(asc(servers.slug));
  return viewServers(ctx.db, ctx, rows);
}
