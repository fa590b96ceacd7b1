import { and, eq, sql } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { workspaces } from "@/db/schema/workspaces";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { RUN_TOKEN_NAME } from "@/lib/services/token/schemas";
import type { SetupProgressView } from "./view";

/** How far the workspace and the actor in it have come; read from what is there, so setting up resumes anywhere. */
export async function setupProgress(ctx: WorkspaceCtx): Promise<SetupProgressView> {
  requirePermission(ctx, "workspace.read");
  const id = ctx.workspace.id;
  const now = ctx.now().toISOString();
  const own = ctx.memberId;
  const [row] = await ctx.db
    .select({
      skippedAt: workspaces.setupSkippedAt,
      hasServer: sql<boolean>`exists (select 1 from servers s where s.workspace_id = ${id})`,
      hasTool: sql<boolean>`exists (select 1 from server_tools t join servers s on s.id = t.server_id
        where s.workspace_id = ${id} and s.enabled and t.enabled)`,
      hasToken: sql<boolean>`exists (select 1 from tokens t where t.workspace_id = ${id} and t.revoked_at is null
        and t.name <> ${RUN_TOKEN_NAME} and (t.expires_at is null or t.expires_at > ${now}::timestamptz))`,
      connected: sql<boolean>`exists (select 1 from tokens t where t.workspace_id = ${id}
        and t.name <> ${RUN_TOKEN_NAME} and t.last_used_at is not null)
        or exists (select 1 from oauth_grants g where g.workspace_id = ${id} and g.last_used_at is not null)`,
      hasCall: sql<boolean>`exists (select 1 from calls c where c.workspace_id = ${id})`,
      hasTeam: sql<boolean>`(select count(*) from members m where m.workspace_id = ${id}) > 1`,
      ownCall: sql<boolean>`${members.firstCallAt} is not null
        or exists (select 1 from calls c where c.workspace_id = ${id} and c.member_id = ${own} and c.outcome = 'ok')`,
    })
    .from(workspaces)
    .innerJoin(members, and(eq(members.workspaceId, workspaces.id), eq(members.id, own)))
    .where(eq(workspaces.id, id));
  if (!row) throw new Error("the context is inside this workspace");
  const { skippedAt, ...progress } = row;
  return { ...progress, skipped: skippedAt !== null };
}

/** Puts the set-up aside for everybody; the pages stay where they are. @throws AppError `forbidden` */
export async function skipSetup(ctx: WorkspaceCtx): Promise<SetupProgressView> {
  requirePermission(ctx, "workspace.update");
  await ctx.db.transaction(async (tx) => {
    const [skipped] = await tx
      .update(workspaces)
      .set({ setupSkippedAt: ctx.now() })
      .where(and(eq(workspaces.id, ctx.workspace.id), sql`${workspaces.setupSkippedAt} is null`))
      .returning({ id: workspaces.id });
    const { id, name } = ctx.workspace;
    if (skipped)
      await audit(tx, ctx, "workspace.update", { type: "workspace", id, name }, { after: { setupSkipped: true } });
  });
  return setupProgress(ctx);
}

/** Nothing is left to do: a server, a client (by a token or a sign-in) and a call are there. */
export const isSetUp = ({ hasServer, connected, hasCall }: SetupProgressView): boolean =>
  hasServer && connected && hasCall;
