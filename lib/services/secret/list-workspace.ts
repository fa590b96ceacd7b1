import { asc, eq } from "drizzle-orm";
import { secrets } from "@/db/schema/secrets";
import { servers } from "@/db/schema/servers";
import { shownOrigin } from "@/lib/functions/secret-origin";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import type { ServerRow } from "@/lib/services/server/find";
import { secretMode } from "@/lib/services/server/needed-secrets";
import { missingSecrets, originFor, readNeeds, type SecretNeed } from "@/lib/services/server/secret-needs";
import type { SecretRow } from "./store";
import { readTestTools } from "./test-tools";
import { toServerRef, toStoredView } from "./to-view";
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
    rows.filter(({ kind }) => kind !== "hosted").map(({ id }) => id),
  );
  const needs = await readNeeds(ctx.db, ctx, rows);
  return rows.flatMap((server) => {
    const here = stored.filter((row) => row.serverId === server.id);
    return secretsOf(server, needs.get(server.id) ?? [], here, tools.get(server.id) ?? []);
  });
}

function secretsOf(
  server: ServerRow,
  needs: SecretNeed[],
  stored: SecretRow[],
  testTools: string[],
): WorkspaceSecretView[] {
  const waiting = missingSecrets(server, needs, stored);
  const names = new Set([...needs.map(({ name }) => name), ...stored.map((row) => row.name)]);
  return [...names].sort().map((name) => {
    const origin = originFor(server, needs, name);
    const shared = stored.find((row) => row.name === name && row.memberId === null);
    return {
      server: { ...toServerRef(server), origin: shownOrigin(needs.length > 0 ? origin : (shared?.origin ?? origin)) },
      name,
      mode: secretMode(server, name),
      headers: needs.find((need) => need.name === name)?.headers ?? [],
      shared: shared ? toStoredView(shared, origin) : null,
      members: stored.filter((row) => row.name === name && row.memberId !== null && row.origin === origin).length,
      missing: waiting.includes(name),
      testTools,
    };
  });
}
