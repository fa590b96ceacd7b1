import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { PageHeader } from "@/components/ui/page-header";
import { orNotFound, requireWorkspaceCtx } from "@/lib/auth/context";
import { contextUse } from "@/lib/services/workspace/context-use";
import { getWorkspace } from "@/lib/services/workspace/get";
import { listDomains } from "@/lib/services/workspace/list-domains";
import { settingsEffects } from "@/lib/services/workspace/settings-effects";
import { getWorkspaceSettings } from "@/lib/services/workspace/update-settings";
import { Settings } from "./settings";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const effects = await orNotFound(settingsEffects(ctx)); // refuses who may not change settings
  const [workspace, settings, domains, context] = await Promise.all([
    getWorkspace(ctx),
    getWorkspaceSettings(ctx),
    listDomains(ctx),
    contextUse(ctx),
  ]);
  return (
    <>
      <PageHeader
        title="Settings"
        description={`For the workspace ${workspace.name}. Every change is recorded in the audit log.`}
      />
      <Settings workspace={workspace} settings={settings} domains={domains} effects={effects} context={context} />
    </>
  );
}
