"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyField } from "@/components/ui/copy";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { NewTokenView } from "@/lib/services/token/view";

interface TokenStepProps {
  /** The new token; it lives in the page's state only. */
  token: string | null;
  suggestion: string;
  onMint: Action<{ name: string }, NewTokenView>;
  onMinted(token: NewTokenView): void;
  onCopied(): void;
}

/** A token of one's own, made right here, so that the snippets below are complete. */
export function TokenStep({ token, suggestion, onMint, onMinted, onCopied }: TokenStepProps) {
  const [typed, setName] = useState<string | null>(null);
  const name = typed ?? suggestion; // follows the picked client until somebody types
  const { submit, pending, error, fieldError } = useSubmit(onMint, onMinted, ["name"]);
  if (token)
    return (
      <div className="grid gap-2">
        <CopyField value={token} label="token" onCopied={onCopied} />
        <p className="text-faint text-xs leading-5">
          Filled in below. It is shown on this page only until you leave it, and never again.
        </p>
      </div>
    );
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit({ name });
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Where will you use it?" error={fieldError("name")} className="min-w-52 flex-1">
          <Input required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Button type="submit" pending={pending}>
          {!pending && <KeyRound aria-hidden />} Create my token
        </Button>
      </div>
      {error && <Callout tone="bad">{error.message}</Callout>}
      <p className="text-faint text-xs leading-5">
        A token of your own, good for 90 days. You have one already? Put it where the snippets say mwt_your_token.
      </p>
    </form>
  );
}
