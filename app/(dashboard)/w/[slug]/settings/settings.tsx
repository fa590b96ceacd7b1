"use client";

import { DeleteWorkspace } from "@/components/workspace/delete-workspace";
import { JoinDomains } from "@/components/workspace/join-domains";
import { KeepArguments } from "@/components/workspace/keep-arguments";
import { RenameWorkspace } from "@/components/workspace/rename-workspace";
import { allows } from "@/lib/access/permissions";
import { paths } from "@/lib/paths";
import type { WorkspaceDomainView, WorkspaceSettingsView, WorkspaceView } from "@/lib/services/workspace/view";
import { deleteWorkspaceAction, renameWorkspaceAction, setDomainsAction, updateSettingsAction } from "./actions";

interface SettingsProps {
  workspace: WorkspaceView;
  settings: WorkspaceSettingsView;
  domains: WorkspaceDomainView[];
  counts: { servers: number; members: number; tokens: number };
}

export function Settings({ workspace, settings, domains, counts }: SettingsProps) {
  const { slug, role } = workspace;
  return (
    <div className="grid max-w-2xl grid-cols-1 gap-6">
      <RenameWorkspace key={workspace.name} workspace={workspace} onRename={renameWorkspaceAction.bind(null, slug)} />
      <KeepArguments
        key={settings.keepArgumentsDays}
        days={settings.keepArgumentsDays}
        canEdit={allows(role, "workspace.update")}
        onSave={updateSettingsAction.bind(null, slug)}
      />
      <JoinDomains
        key={domains.map(({ domain, role: joins }) => domain + joins).join()}
        domains={domains}
        canEdit={allows(role, "domain.manage")}
        onSave={setDomainsAction.bind(null, slug)}
      />
      {allows(role, "workspace.delete") && (
        <DeleteWorkspace
          workspace={workspace}
          counts={counts}
          onDelete={deleteWorkspaceAction.bind(null, slug)}
          // A full load: the switcher in the layout must forget the workspace too.
          onDeleted={() => window.location.assign(paths.workspaces)}
        />
      )}
    </div>
  );
}
