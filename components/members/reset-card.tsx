"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { CopyOnce } from "@/components/ui/copy-once";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { CreateResetLinkInput } from "@/lib/services/user/schemas";
import type { ResetLinkView } from "@/lib/services/user/view";

interface ResetProps {
  member: { id: string; name: string };
  onMake: Action<CreateResetLinkInput, ResetLinkView>;
}

/** A way back in for somebody who forgot their password and gets no mail. Who may make it is the verb's decision; its refusal is shown. */
export function ResetCard({ member, onMake }: ResetProps) {
  const [link, setLink] = useState<ResetLinkView | null>(null);
  const { submit, pending, error } = useSubmit(onMake, setLink);
  return (
    <SettingsCard
      title="Password"
      description={`A link with which ${member.name} chooses a new one. It works once, for an hour, and ends their other sessions.`}
    >
      <div className="grid gap-4">
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div>
          <Button variant="secondary" pending={pending} onClick={() => submit({ member: member.id })}>
            Make a password link
          </Button>
        </div>
      </div>
      {link && (
        <CopyOnce
          title={`Password link for ${link.user.name}`}
          description="Hand it to them and nobody else: whoever opens it takes over their account."
          label="password link"
          value={link.url}
          onClose={() => setLink(null)}
        />
      )}
    </SettingsCard>
  );
}
