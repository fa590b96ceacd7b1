import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { WorkspacePage } from "@/app/page-props";
import { PageHeader } from "@/components/ui/page-header";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { listDomains } from "@/lib/services/workspace/list-domains";
import { workspaceOverview } from "@/lib/services/workspace/overview";
import { getWorkspaceSettings } from "@/lib/services/workspace/update-settings";
import { Settings } from "./settings";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  if (!allows(ctx.role, "workspace.update")) notFound();
  const [{ workspace, servers, members, activeTokens }, settings, domains] = await Promise.all([
    workspaceOverview(ctx),
    getWorkspaceSettings(ctx),
    listDomains(ctx),
  ]);
  return (
    <>
      <PageHeader title="Settings" description={`For the workspace ${workspace.name}.`} />
      <Settings
        workspace={workspace}
        settings={settings}
        domains={domains}
        counts={{ servers: servers.total, members, tokens: activeTokens }}
      />
    </>
  );
}
