"use client";

import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { RenameWorkspaceInput } from "@/lib/services/workspace/schemas";
import type { WorkspaceView } from "@/lib/services/workspace/view";

interface RenameProps {
  workspace: WorkspaceView;
  onRename: Action<RenameWorkspaceInput, WorkspaceView>;
}

/** The workspace's name; its slug stays. */
export function RenameWorkspace({ workspace, onRename }: RenameProps) {
  const [name, setName] = useState(workspace.name);
  const { submit, pending, error, fieldError } = useSubmit(onRename, () => toast.success("Workspace renamed"), [
    "name",
  ]);
  return (
    <SettingsCard
      title="General"
      description={
        <>
          The slug <code className="font-mono text-ink">{workspace.slug}</code> stays: it is in every client's
          configuration.
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
        <Field label="Name" error={fieldError("name")}>
          <Input required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div>
          <Button type="submit" variant="secondary" pending={pending} disabled={name === workspace.name}>
            Save name
          </Button>
        </div>
      </form>
    </SettingsCard>
  );
}
