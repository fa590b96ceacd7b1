"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { Choice } from "@/components/ui/choice";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { ChangeMemberRoleInput } from "@/lib/services/member/schemas";
import type { MemberView } from "@/lib/services/member/view";
import { grantableRoles, mayManage, ROLE_TEXT, ROLE_WORDS, type RoleWord, roleChange } from "./roles";

interface RoleProps {
  member: MemberView;
  /** The reader's role. */
  actor: string;
  self: boolean;
  /** The only owner, whose role cannot change. */
  lastOwner: boolean;
  onChange: Action<ChangeMemberRoleInput, MemberView>;
  onChanged(member: MemberView): void;
}

/** The role of a person, with what a change would give and take. */
export function RoleCard({ member, actor, self, lastOwner, onChange, onChanged }: RoleProps) {
  const [role, setRole] = useState<RoleWord>(member.role);
  const { submit, pending, error } = useSubmit(onChange, onChanged);
  const canEdit = mayManage(actor, member.role) && !lastOwner;
  const offered = grantableRoles(actor);
  return (
    <SettingsCard title="Role" description="What they may do in this workspace. A change holds at once.">
      <fieldset disabled={!canEdit} className="grid gap-4">
        <legend className="sr-only">Role</legend>
        <div className="grid">
          {ROLE_WORDS.map((word) => (
            <Choice
              key={word}
              type="radio"
              name="role"
              value={word}
              checked={role === word}
              disabled={word !== member.role && !offered.includes(word)}
              onChange={() => setRole(word)}
              note={ROLE_TEXT[word]}
            >
              <span className="font-medium capitalize">{word}</span>
            </Choice>
          ))}
        </div>
        {lastOwner && <Callout>The only owner. Make somebody else an owner first.</Callout>}
        {role !== member.role && <Effect from={member.role} to={role} name={member.name} self={self} />}
        {error && <Callout tone="bad">{error.message}</Callout>}
        {canEdit && (
          <div className="flex justify-end">
            <Button
              variant="secondary"
              pending={pending}
              disabled={role === member.role}
              onClick={() => submit({ member: member.id, role })}
            >
              Change role
            </Button>
          </div>
        )}
      </fieldset>
    </SettingsCard>
  );
}

/** What the change means, from the permissions table. */
function Effect({ from, to, name, self }: { from: string; to: string; name: string; self: boolean }) {
  const { gains, loses } = roleChange(from, to);
  const who = self ? "You" : name;
  return (
    <Callout tone={self ? "warn" : "info"} title={`From ${from} to ${to}`}>
      {gains.length > 0 && <p>{`${who} may then also ${gains.join("; ")}.`}</p>}
      {loses.length > 0 && <p>{`${who} may no longer ${loses.join("; ")}.`}</p>}
      {to === "auditor" && <p>Tokens and connected apps stop working.</p>}
      {self && <p>You cannot take this back yourself.</p>}
    </Callout>
  );
}
