import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { PageHeader } from "@/components/ui/page-header";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { workspaceOverview } from "@/lib/services/workspace/overview";
import { Settings } from "./settings";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const { workspace, servers, members, activeTokens } = await workspaceOverview(await requireWorkspaceCtx(slug));
  return (
    <>
      <PageHeader title="Settings" description={`For the workspace ${workspace.name}.`} />
      <Settings
        key={workspace.name}
        workspace={workspace}
        counts={{ servers: servers.total, members, tokens: activeTokens }}
      />
    </>
  );
}
