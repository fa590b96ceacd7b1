import { asc, eq } from "drizzle-orm";
import { secrets } from "@/db/schema/secrets";
import { servers } from "@/db/schema/servers";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import type { ServerRow } from "@/lib/services/server/find";
import { missingSecrets, neededSecrets, secretMode } from "@/lib/services/server/needed-secrets";
import type { SecretRow } from "./store";
import { readTestTools } from "./test-tools";
import { headersUsing, toServerRef, toStoredView } from "./to-view";
import type { WorkspaceSecretView } from "./view";

/** All secrets of the workspace, stored or asked for, by server and name. No value, no part of one. @throws AppError `forbidden` below admin */
export async function listWorkspaceSecrets(ctx: WorkspaceCtx): Promise<WorkspaceSecretView[]> {
  requirePermission(ctx, "secret.manage");
  const workspaceId = ctx.workspace.id;
  const rows = await ctx.db
    .select()
    .from(servers)
    .where(eq(servers.workspaceId, workspaceId))
    .orderBy(asc(servers.slug));
  const stored = await ctx.db.select().from(secrets).where(eq(secrets.workspaceId, workspaceId));
  const tools = await readTestTools(
    ctx,
    rows.map((row) => row.id),
  );
  return rows.flatMap((server) => {
    const here = stored.filter((row) => row.serverId === server.id);
    return secretsOf(server, here, tools.get(server.id) ?? []);
  });
}

function secretsOf(server: ServerRow, stored: SecretRow[], testTools: string[]): WorkspaceSecretView[] {
  const waiting = missingSecrets(server, stored);
  const origin = new URL(server.url).origin;
  const names = new Set([...neededSecrets(server.headers), ...stored.map((row) => row.name)]);
  return [...names].sort().map((name) => {
    const shared = stored.find((row) => row.name === name && row.memberId === null);
    return {
      server: toServerRef(server),
      name,
      mode: secretMode(server, name),
      headers: headersUsing(server, name),
      shared: shared ? toStoredView(shared, server) : null,
      members: stored.filter((row) => row.name === name && row.memberId !== null && row.origin === origin).length,
      missing: waiting.includes(name),
      testTools,
    };
  });
}
