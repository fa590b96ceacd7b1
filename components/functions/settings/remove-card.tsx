"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SettingsCard } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Action } from "@/lib/action-state";
import { plural } from "@/lib/format";
import type { FunctionDetail } from "@/lib/services/function/view";
import type { RemoveServerInput } from "@/lib/services/server/schemas";
import type { DeletedView } from "@/lib/services/workspace/view";

interface RemoveProps {
  detail: FunctionDetail;
  onRemove: Action<RemoveServerInput, DeletedView>;
  onRemoved(): void;
}

/** The end of a function, by typing its slug. */
export function RemoveCard({ detail, onRemove, onRemoved }: RemoveProps) {
  const [removing, setRemoving] = useState(false);
  return (
    <SettingsCard
      tone="bad"
      title="Remove this function"
      description="Its code, all its versions and its secrets are deleted. Its calls stay in the record."
    >
      <Button variant="danger" onClick={() => setRemoving(true)}>
        Remove function
      </Button>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${detail.name}?`}
        confirm="Remove function"
        typed={detail.slug}
        onConfirm={() => onRemove({ server: detail.slug, confirm: detail.slug })}
        onDone={onRemoved}
      >
        {plural(detail.tools, "tool")} will disappear from every connected client. The source cannot be brought back;
        copy what you want to keep.
      </ConfirmDialog>
    </SettingsCard>
  );
}
