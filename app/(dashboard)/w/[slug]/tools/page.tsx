import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { PageHeader } from "@/components/ui/page-header";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { listAllTools } from "@/lib/services/tool/list-all";
import { contextUse } from "@/lib/services/workspace/context-use";
import { getWorkspaceSettings } from "@/lib/services/workspace/update-settings";
import { Tools } from "./tools";

export const metadata: Metadata = { title: "Tools" };

export default async function ToolsPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const canManage = allows(ctx.role, "server.manage");
  const canRun = allows(ctx.role, "gateway.use");
  const [tools, settings, context] = await Promise.all([listAllTools(ctx), getWorkspaceSettings(ctx), contextUse(ctx)]);
  return (
    <>
      <PageHeader
        title="Tools"
        description={
          canManage || !canRun
            ? "Everything that this workspace's servers can do, under the names that clients see."
            : "What you may use here, under the names that your client sees."
        }
      />
      <Tools
        slug={slug}
        initial={tools}
        settings={settings}
        context={context}
        canManage={canManage}
        refusal={
          canRun
            ? null
            : "Auditors call no tools. You see what there is; ask an admin for the role of a member to run some."
        }
      />
    </>
  );
}
