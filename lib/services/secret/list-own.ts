import { and, asc, eq, isNull, or } from "drizzle-orm";
import { secrets } from "@/db/schema/secrets";
import { servers } from "@/db/schema/servers";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { neededSecrets, secretMode } from "@/lib/services/server/needed-secrets";
import { toConnectionView } from "./to-view";
import type { ConnectionView } from "./view";

/**
 * My connections: every credential that a server of the workspace asks its members for, what is set of the acting
 * member's own, and what is missing; also own values that are no longer used. Never a value. @throws AppError `forbidden`
 */
export async function listOwnSecrets(ctx: WorkspaceCtx): Promise<ConnectionView[]> {
  requirePermission(ctx, "secret.own");
  const workspaceId = ctx.workspace.id;
  const rows = await ctx.db
    .select()
    .from(servers)
    .where(eq(servers.workspaceId, workspaceId))
    .orderBy(asc(servers.slug));
  const stored = await ctx.db
    .select()
    .from(secrets)
    .where(and(eq(secrets.workspaceId, workspaceId), or(isNull(secrets.memberId), eq(secrets.memberId, ctx.memberId))));
  return rows.flatMap((server) => {
    const here = stored.filter((row) => row.serverId === server.id);
    const asked = neededSecrets(server.headers).filter((name) => secretMode(server, name) !== "shared");
    const kept = here.filter((row) => row.memberId !== null).map((row) => row.name);
    return [...new Set([...asked, ...kept])].sort().map((name) =>
      toConnectionView(
        server,
        name,
        here.filter((row) => row.name === name),
      ),
    );
  });
}
