import { and, eq, ne } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { GONE_DEFINITION, serverTools } from "@/db/schema/server-tools";
import { servers } from "@/db/schema/servers";
import { inScope, saysReadOnly } from "@/lib/access/tool-scope";
import type { WorkspaceCtx } from "@/lib/services/context";

/** How many tools, of how many servers, a client would see that the acting member lets in. */
export async function countGrantedTools(ctx: WorkspaceCtx): Promise<{ tools: number; servers: number }> {
  const [member] = await ctx.db
    .select({ toolScope: members.toolScope })
    .from(members)
    .where(and(eq(members.workspaceId, ctx.workspace.id), eq(members.id, ctx.memberId)));
  const scope = member?.toolScope ?? null;
  const rows = await ctx.db
    .select({
      serverId: serverTools.serverId,
      name: serverTools.name,
      // Definitions are long; they are needed for one question only.
      ...(scope?.readOnly ? { definition: serverTools.definition } : {}),
    })
    .from(serverTools)
    .innerJoin(servers, and(eq(servers.id, serverTools.serverId), eq(servers.enabled, true)))
    .where(
      and(
        eq(serverTools.workspaceId, ctx.workspace.id),
        eq(serverTools.enabled, true),
        ne(serverTools.definition, GONE_DEFINITION),
      ),
    );
  const seen = rows.filter(({ serverId, name, definition }) =>
    inScope(scope, { serverId, name, readOnly: definition !== undefined && saysReadOnly(definition) }),
  );
  return { tools: seen.length, servers: new Set(seen.map(({ serverId }) => serverId)).size };
}
