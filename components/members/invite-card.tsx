"use client";

import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SettingsCard } from "@/components/ui/card";
import type { Action } from "@/lib/action-state";
import type { CreateInvitationsInput } from "@/lib/services/invitation/schemas";
import type { InvitedView } from "@/lib/services/invitation/view";
import { InviteDialog } from "./invite-dialog";
import type { RoleWord } from "./roles";

interface CardProps {
  member: { id: string; name: string };
  roles: RoleWord[];
  mails: boolean;
  onInvite: Action<CreateInvitationsInput, InvitedView[]>;
}

/** For somebody known by the name on their token alone: lets them sign in as this very member. */
export function InviteCard({ member, ...form }: CardProps) {
  const [open, setOpen] = useState(false);
  return (
    <SettingsCard
      title="Sign-in"
      description={`${member.name} works by token and cannot sign in. Who accepts the invitation becomes this member, with tokens and calls as they are.`}
    >
      <Button variant="secondary" onClick={() => setOpen(true)}>
        <UserPlus aria-hidden /> Invite {member.name}
      </Button>
      <InviteDialog open={open} onClose={() => setOpen(false)} member={member} {...form} />
    </SettingsCard>
  );
}
