"use client";

import { WorkspaceSettings } from "@/components/workspace/workspace-settings";
import { paths } from "@/lib/paths";
import type { WorkspaceView } from "@/lib/services/workspace/view";
import { deleteWorkspaceAction, renameWorkspaceAction } from "./actions";

interface SettingsProps {
  workspace: WorkspaceView;
  counts: { servers: number; members: number; tokens: number };
}

export function Settings({ workspace, counts }: SettingsProps) {
  return (
    <WorkspaceSettings
      workspace={workspace}
      counts={counts}
      onRename={renameWorkspaceAction.bind(null, workspace.slug)}
      onDelete={deleteWorkspaceAction.bind(null, workspace.slug)}
      // A full load: the switcher in the layout must forget the workspace too.
      onDeleted={() => window.location.assign(paths.workspaces)}
    />
  );
}
