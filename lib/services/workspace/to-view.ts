import type { Role } from "@/db/schema/members";
import { paths } from "@/lib/paths";
import type { Ctx } from "@/lib/services/context";
import { iso } from "@/lib/services/fields";
import type { WorkspaceView } from "./view";

/** A workspace for someone with that role in it; URLs are built from the configured public URL only, never from a Host header. */
export function toWorkspaceView(
  ctx: Ctx,
  workspace: { id: string; slug: string; name: string; createdAt: Date },
  role: Role,
): WorkspaceView {
  return {
    id: workspace.id,
    slug: workspace.slug,
    name: workspace.name,
    role,
    createdAt: iso(workspace.createdAt),
    sseUrl: paths.gatewaySse(ctx.publicUrl, workspace.slug),
    mcpUrl: paths.gatewayMcp(ctx.publicUrl, workspace.slug),
  };
}
