"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { RenameWorkspaceInput } from "@/lib/services/workspace/schemas";
import type { WorkspaceView } from "@/lib/services/workspace/view";

interface RenameProps {
  workspace: WorkspaceView;
  onRename: Action<RenameWorkspaceInput, WorkspaceView>;
}

/** The workspace's name; nothing but people reads it. */
export function RenameWorkspace({ workspace, onRename }: RenameProps) {
  const [name, setName] = useState(workspace.name);
  const { submit, pending, error, fieldError } = useSubmit(onRename, () => toast.success("Workspace renamed"), [
    "name",
  ]);
  return (
    <SettingsCard title="Name" description="What people see. No client's configuration holds it.">
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
