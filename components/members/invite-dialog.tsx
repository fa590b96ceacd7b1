"use client";

import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import type { Action } from "@/lib/action-state";
import type { CreateInvitationsInput } from "@/lib/services/invitation/schemas";
import type { InvitedView } from "@/lib/services/invitation/view";
import { InviteForm } from "./invite-form";
import { InviteResult } from "./invite-result";
import type { RoleWord } from "./roles";

interface InviteProps {
  open: boolean;
  onClose(): void;
  /** Roles that the reader may hand out. */
  roles: RoleWord[];
  /** False where no mail server is configured: links are handed over by hand. */
  mails: boolean;
  /** A member known by name alone, who becomes the invited person. */
  member?: { id: string; name: string };
  onInvite: Action<CreateInvitationsInput, InvitedView[]>;
}

/** Invites people, then shows the links: the only time anybody sees them. Closing with a link uncopied asks once. */
export function InviteDialog({ open, onClose, ...form }: InviteProps) {
  const [result, setResult] = useState<InvitedView[] | null>(null);
  const [copied, setCopied] = useState(false);
  const [warned, setWarned] = useState(false);
  const byHand = result?.some((entry) => entry.url !== null && !entry.mailed) ?? false;
  function close() {
    if (byHand && !copied && !warned) return setWarned(true);
    setResult(null);
    setCopied(false);
    setWarned(false);
    onClose();
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title={result ? "Invitations made" : form.member ? `Invite ${form.member.name}` : "Invite people"}
      description={
        result
          ? undefined
          : "Whoever accepts becomes a member, gets their first token and lands on Connect. A link works once."
      }
      className="sm:max-w-xl"
    >
      {result ? (
        <InviteResult
          result={result}
          warned={warned && !copied}
          copied={copied || !byHand}
          onCopied={() => setCopied(true)}
          onClose={close}
        />
      ) : (
        <InviteForm {...form} onDone={setResult} onCancel={onClose} />
      )}
    </Dialog>
  );
}
