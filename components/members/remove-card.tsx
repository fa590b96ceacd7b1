"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { RemoveMemberInput } from "@/lib/services/member/schemas";
import type { MemberRemovalView } from "@/lib/services/member/view";
import { RemovalFacts } from "./removal-facts";

interface RemoveProps {
  member: { id: string; name: string };
  self: boolean;
  onPreview: Action<RemoveMemberInput, MemberRemovalView>;
  onRemove: Action<RemoveMemberInput, MemberRemovalView>;
  /** Once the result was read. */
  onGone(): void;
}

/** Takes a member out: says beforehand what will end and what will not, and afterwards what did. */
export function RemoveCard({ member, self, onPreview, onRemove, onGone }: RemoveProps) {
  const [preview, setPreview] = useState<MemberRemovalView | null>(null);
  const [result, setResult] = useState<MemberRemovalView | null>(null);
  const { submit, pending, error } = useSubmit(onPreview, setPreview);
  return (
    <SettingsCard
      tone="bad"
      title={self ? "Leave this workspace" : "Remove from this workspace"}
      description="Ends their access everywhere within a second. The record of their calls stays."
    >
      <div className="grid gap-4">
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div>
          <Button variant="danger" pending={pending} onClick={() => submit({ member: member.id })}>
            {self ? "Leave workspace" : "Remove member"}
          </Button>
        </div>
      </div>
      <ConfirmDialog
        open={preview !== null}
        onOpenChange={(open) => !open && setPreview(null)}
        title={self ? "Leave this workspace?" : `Remove ${member.name}?`}
        confirm={self ? "Leave workspace" : "Remove member"}
        onConfirm={() => onRemove({ member: member.id })}
        onDone={setResult}
      >
        {preview && <RemovalFacts removal={preview} />}
      </ConfirmDialog>
      <Dialog
        open={result !== null}
        onOpenChange={(open) => !open && onGone()}
        title={`${member.name} is removed`}
        description="This is what ended, and what did not."
      >
        {result && <RemovalFacts removal={result} />}
        <DialogActions>
          <Button onClick={onGone}>Done</Button>
        </DialogActions>
      </Dialog>
    </SettingsCard>
  );
}
