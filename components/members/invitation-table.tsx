"use client";

import { Ban, CircleCheck, Clock, type LucideIcon, MailQuestionMark } from "lucide-react";
import { useTransition } from "react";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { InvitationView } from "@/lib/services/invitation/view";
import { RoleBadge } from "./roles";

/** The words for each state of an invitation. */
export const STATES: Record<InvitationView["state"], { label: string; tone: Tone; icon: LucideIcon }> = {
  pending: { label: "Pending", tone: "accent", icon: MailQuestionMark },
  accepted: { label: "Accepted", tone: "good", icon: CircleCheck },
  expired: { label: "Expired", tone: "neutral", icon: Clock },
  revoked: { label: "Revoked", tone: "neutral", icon: Ban },
};

interface TableProps {
  invitations: InvitationView[];
  canManage: boolean;
  onResend(invitation: InvitationView): Promise<void>;
  onRevoke(invitation: InvitationView): void;
}

export function InvitationTable({ invitations, canManage, onResend, onRevoke }: TableProps) {
  return (
    <Table label="Invitations">
      <thead>
        <tr>
          <Th>For</Th>
          <Th>Role</Th>
          <Th>State</Th>
          <Th>Mail</Th>
          <Th>Expires</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {invitations.map((invitation) => (
          <Row
            key={invitation.id}
            invitation={invitation}
            canManage={canManage}
            onResend={() => onResend(invitation)}
            onRevoke={() => onRevoke(invitation)}
          />
        ))}
      </tbody>
    </Table>
  );
}

interface RowProps {
  invitation: InvitationView;
  canManage: boolean;
  onResend(): Promise<void>;
  onRevoke(): void;
}

function Row({ invitation, canManage, onResend, onRevoke }: RowProps) {
  const [pending, start] = useTransition();
  const { email, domain, role, state, mailedAt, expiresAt, invitedBy, createdAt } = invitation;
  const { label, tone, icon: Icon } = STATES[state];
  return (
    <Tr>
      <Td className="min-w-52">
        <span className="block max-w-64 truncate font-medium">{email ?? `Anyone of ${domain}`}</span>
        <span className="block text-faint text-xs">
          by {invitedBy}, <Time at={createdAt} />
        </span>
      </Td>
      <Td>
        <RoleBadge role={role} />
      </Td>
      <Td>
        <Badge tone={tone}>
          <Icon aria-hidden /> {label}
        </Badge>
      </Td>
      <Td className="whitespace-nowrap text-soft">
        {mailedAt ? <Time at={mailedAt} /> : <span className="text-faint">link by hand</span>}
      </Td>
      <Td className="whitespace-nowrap text-soft">
        {state === "pending" || state === "expired" ? <Time at={expiresAt} /> : "–"}
      </Td>
      <Td className="whitespace-nowrap text-right">
        {canManage && (state === "pending" || state === "expired") && (
          <>
            <Button variant="ghost" size="sm" pending={pending} onClick={() => start(onResend)}>
              Resend
            </Button>
            {state === "pending" && (
              <Button variant="quietDanger" size="sm" onClick={onRevoke}>
                Revoke
              </Button>
            )}
          </>
        )}
      </Td>
    </Tr>
  );
}
