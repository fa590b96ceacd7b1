"use client";

import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { ConsentAnswer } from "./consent-form";

/** For who cannot agree: tells the app so, instead of leaving it waiting. */
export function BackToApp({ onAnswer }: { onAnswer: Action<ConsentAnswer, { url: string }> }) {
  const { submit, pending, error } = useSubmit(onAnswer, ({ url }) => window.location.assign(url));
  return (
    <>
      {error && <Callout tone="bad">{error.message}</Callout>}
      <Button size="lg" variant="secondary" pending={pending} onClick={() => submit({ allow: false })}>
        Back to the app
      </Button>
    </>
  );
}
