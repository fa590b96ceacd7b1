import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { PageHeader } from "@/components/ui/page-header";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { listAllTools } from "@/lib/services/tool/list-all";
import { Tools } from "./tools";

export const metadata: Metadata = { title: "Tools" };

export default async function ToolsPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const canManage = allows(ctx.role, "server.manage");
  const canRun = allows(ctx.role, "gateway.use");
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
        initial={await listAllTools(ctx)}
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
