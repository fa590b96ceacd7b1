import { asc, eq } from "drizzle-orm";
import { workspaceDomains } from "@/db/schema/workspace-domains";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { iso } from "@/lib/services/fields";
import type { WorkspaceDomainView } from "./view";

/** Mail domains whose people join by themselves. @throws AppError `forbidden` */
export async function listDomains(ctx: WorkspaceCtx): Promise<WorkspaceDomainView[]> {
  requirePermission(ctx, "member.read");
  const rows = await ctx.db
    .select()
    .from(workspaceDomains)
    .where(eq(workspaceDomains.workspaceId, ctx.workspace.id))
    .orderBy(asc(workspaceDomains.domain));
  return rows.map(({ domain, role, createdAt }) => ({ domain, role, createdAt: iso(createdAt) }));
}
