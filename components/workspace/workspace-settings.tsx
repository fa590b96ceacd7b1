"use client";

import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { plural } from "@/lib/format";
import type { DeleteWorkspaceInput, RenameWorkspaceInput } from "@/lib/services/workspace/schemas";
import type { DeletedView, WorkspaceView } from "@/lib/services/workspace/view";

interface SettingsProps {
  workspace: WorkspaceView;
  /** What a deletion would take along. */
  counts: { servers: number; members: number; tokens: number };
  onRename: Action<RenameWorkspaceInput, WorkspaceView>;
  onDelete: Action<DeleteWorkspaceInput, DeletedView>;
  onDeleted(): void;
}

/** Name, and the end. */
export function WorkspaceSettings({ workspace, counts, onRename, onDelete, onDeleted }: SettingsProps) {
  const [name, setName] = useState(workspace.name);
  const [deleting, setDeleting] = useState(false);
  const { submit, pending, error, fieldError } = useSubmit(onRename, () => toast.success("Workspace renamed"), [
    "name",
  ]);
  const { role, slug } = workspace;
  return (
    <div className="grid max-w-2xl grid-cols-1 gap-6">
      <SettingsCard
        title="General"
        description={
          <>
            The slug <code className="font-mono text-ink">{slug}</code> stays: it is in every client's configuration.
          </>
        }
      >
        <form
          className="grid gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            submit({ name });
          }}
        >
          <Field
            label="Name"
            error={fieldError("name")}
            hint={role === "member" ? "An admin of this workspace may change it." : undefined}
          >
            <Input
              required
              maxLength={80}
              disabled={role === "member"}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          {error && <Callout tone="bad">{error.message}</Callout>}
          <div>
            <Button
              type="submit"
              variant="secondary"
              pending={pending}
              disabled={name === workspace.name || role === "member"}
            >
              Save name
            </Button>
          </div>
        </form>
      </SettingsCard>
      {role === "owner" && (
        <SettingsCard
          tone="bad"
          title="Delete this workspace"
          description="Its URL stops working at once, for everybody. The record of calls stays in the database."
        >
          <Button variant="danger" onClick={() => setDeleting(true)}>
            Delete workspace
          </Button>
        </SettingsCard>
      )}
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${workspace.name}?`}
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
    </div>
  );
}
