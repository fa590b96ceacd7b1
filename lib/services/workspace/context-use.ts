import { and, eq, ne } from "drizzle-orm";
import { GONE_DEFINITION, serverTools } from "@/db/schema/server-tools";
import { servers } from "@/db/schema/servers";
import { LIMITS } from "@/lib/limits";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { costOf } from "@/lib/services/tool/to-view";
import type { ContextView } from "./view";

/** Tokens that the three tools of search mode take; the gateway's test keeps it true. */
export const SEARCH_TOKENS = 410;

/** What a model reads of this workspace before the first question, for the settings that save some of it. @throws AppError `forbidden` */
export async function contextUse(ctx: WorkspaceCtx): Promise<ContextView> {
  requirePermission(ctx, "server.read");
  const { id } = ctx.workspace;
  const rows = await ctx.db
    .select({
      slug: servers.slug,
      name: serverTools.name,
      alias: serverTools.alias,
      definition: serverTools.definition,
      description: serverTools.description,
    })
    .from(serverTools)
    .innerJoin(servers, eq(servers.id, serverTools.serverId))
    .where(
      and(
        eq(servers.workspaceId, id),
        eq(serverTools.workspaceId, id),
        eq(servers.enabled, true),
        eq(serverTools.enabled, true),
        ne(serverTools.definition, GONE_DEFINITION),
      ),
    );
  const lengths = new Map<number, number>();
  for (const { slug, name, alias } of rows) {
    const length = `${slug}__${alias ?? name}`.length;
    if (length > LIMITS.exposedNameLength) lengths.set(length, (lengths.get(length) ?? 0) + 1);
  }
  return {
    tools: rows.length,
    listTokens: rows.reduce((sum, row) => sum + costOf(row), 0),
    searchTokens: SEARCH_TOKENS,
    longNames: [...lengths].map(([length, tools]) => ({ length, tools })).sort((a, b) => a.length - b.length),
  };
}
