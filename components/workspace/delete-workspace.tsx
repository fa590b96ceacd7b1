"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SettingsCard } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Action } from "@/lib/action-state";
import { plural } from "@/lib/format";
import type { DeleteWorkspaceInput } from "@/lib/services/workspace/schemas";
import type { DeletedView, WorkspaceView } from "@/lib/services/workspace/view";

interface DeleteProps {
  workspace: WorkspaceView;
  /** What a deletion would take along. */
  counts: { servers: number; members: number; tokens: number };
  onDelete: Action<DeleteWorkspaceInput, DeletedView>;
  onDeleted(): void;
}

/** The end of a workspace, by typing its slug. */
export function DeleteWorkspace({ workspace: { name, slug }, counts, onDelete, onDeleted }: DeleteProps) {
  const [deleting, setDeleting] = useState(false);
  return (
    <SettingsCard
      tone="bad"
      title="Delete this workspace"
      description="Its URL stops working at once, for everybody. The record of calls stays in the database."
    >
      <Button variant="danger" onClick={() => setDeleting(true)}>
        Delete workspace
      </Button>
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${name}?`}
        confirm="Delete workspace"
        typed={slug}
        onConfirm={() => onDelete({ confirm: slug })}
        onDone={onDeleted}
      >
        <strong className="font-medium text-ink">
          {plural(counts.servers, "server")}, {plural(counts.members, "member")} and{" "}
          {plural(counts.tokens, "working token")}
        </strong>{" "}
        go with it, and all its secrets. This cannot be undone.
      </ConfirmDialog>
    </SettingsCard>
  );
}
