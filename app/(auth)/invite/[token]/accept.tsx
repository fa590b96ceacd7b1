"use client";

import { useState } from "react";
import { AuthCard } from "@/components/auth/auth-card";
import { Joined } from "@/components/auth/joined";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { useSubmit } from "@/components/ui/use-submit";
import type { AcceptedView } from "@/lib/services/invitation/view";
import { acceptAction } from "./actions";
import type { Heading } from "./heading";
import { SwitchAccount } from "./switch-account";

/** For somebody who is signed in with the invited address. */
export function Accept({ token, account, heading }: { token: string; account: string; heading: Heading }) {
  const [joined, setJoined] = useState<AcceptedView | null>(null);
  const { submit, pending, error } = useSubmit(acceptAction, setJoined);
  if (joined) return <Joined joined={joined} />;
  return (
    <AuthCard {...heading}>
      {error && <Callout tone="bad">{error.message}</Callout>}
      <p className="text-sm text-soft">
        You are signed in as <span className="font-medium text-ink">{account}</span>.
      </p>
      <div className="grid gap-2">
        <Button size="lg" pending={pending} onClick={() => submit({ token })}>
          Accept the invitation
        </Button>
        <SwitchAccount quiet />
      </div>
    </AuthCard>
  );
}
