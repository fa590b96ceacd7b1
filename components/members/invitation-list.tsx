"use client";

import { MailPlus, UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyOnce } from "@/components/ui/copy-once";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { Action } from "@/lib/action-state";
import type { ResendInvitationInput, RevokeInvitationInput } from "@/lib/services/invitation/schemas";
import type { InvitationView, InvitedView } from "@/lib/services/invitation/view";
import { InvitationTable, STATES } from "./invitation-table";

interface ListProps {
  invitations: InvitationView[];
  canManage: boolean;
  onInvite(): void;
  onResend: Action<ResendInvitationInput, InvitedView>;
  onRevoke: Action<RevokeInvitationInput, InvitationView>;
}

/** All invitations, newest first, by state. */
export function InvitationList({ invitations, canManage, onInvite, onResend, onRevoke }: ListProps) {
  const [state, setState] = useState("");
  const [resent, setResent] = useState<InvitedView | null>(null);
  const [revoking, setRevoking] = useState<InvitationView | null>(null);
  const shown = invitations.filter((invitation) => state === "" || invitation.state === state);
  async function resend(invitation: InvitationView) {
    const answer = await onResend({ invitation: invitation.id });
    if (answer.ok) setResent(answer.data);
    else toast.error("The invitation was not resent", { description: answer.message });
  }
  if (invitations.length === 0)
    return (
      <Card>
        <EmptyState
          icon={MailPlus}
          title="Nobody was invited yet"
          action={
            canManage && (
              <Button variant="secondary" onClick={onInvite}>
                <UserPlus aria-hidden /> Invite people
              </Button>
            )
          }
        >
          An invitation is a link that works once, for one address or one mail domain. Accepting it makes a member with
          a first token; what became of each is listed here.
        </EmptyState>
      </Card>
    );
  return (
    <div className="grid grid-cols-1 gap-4">
      <Select aria-label="State" className="w-44" value={state} onChange={(event) => setState(event.target.value)}>
        <option value="">All states</option>
        {Object.entries(STATES).map(([value, { label }]) => (
          <option key={value} value={value}>
            {label} ({invitations.filter((invitation) => invitation.state === value).length})
          </option>
        ))}
      </Select>
      <Card>
        {shown.length === 0 ? (
          <p className="px-5 py-10 text-center text-faint text-sm">No invitation is in this state.</p>
        ) : (
          <InvitationTable invitations={shown} canManage={canManage} onResend={resend} onRevoke={setRevoking} />
        )}
      </Card>
      {resent?.url && (
        <CopyOnce
          title={`New link for ${resent.email ?? resent.domain}`}
          description={
            resent.mailed
              ? "It was mailed, too. The link before it works no more."
              : "Hand it over yourself. The link before it works no more, and this one is not shown again."
          }
          label="invitation link"
          value={resent.url}
          onClose={() => setResent(null)}
        >
          {() => resent.problem && <p className="text-sm text-warn leading-6">{resent.problem}</p>}
        </CopyOnce>
      )}
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={`Revoke the invitation for ${revoking?.email ?? revoking?.domain}?`}
        confirm="Revoke invitation"
        onConfirm={() => onRevoke({ invitation: revoking?.id ?? "" })}
        onDone={() => toast.success("Invitation revoked")}
      >
        Its link stops working at once. You can invite the same address again at any time.
      </ConfirmDialog>
    </div>
  );
}
