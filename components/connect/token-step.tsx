"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyField } from "@/components/ui/copy";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { NewTokenView, TokenView } from "@/lib/services/token/view";

/** A token that is there already; only its name and beginning are known. */
export type OwnToken = Pick<TokenView, "id" | "name" | "prefix">;

interface TokenStepProps {
  /** The new token; it lives in the page's state only. */
  token: string | null;
  /** The person's own tokens that work. */
  own: OwnToken[];
  /** Which of them is to be used. */
  chosen: string | null;
  onChoose(id: string | null): void;
  suggestion: string;
  onMint: Action<{ name: string }, NewTokenView>;
  onMinted(token: NewTokenView): void;
  onCopied(): void;
}

/** A token of one's own, made right here, so that the snippets below are complete; or one that is at hand already. */
export function TokenStep(props: TokenStepProps) {
  const { token, own, chosen, onChoose, onCopied } = props;
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
    <div className="grid gap-5">
      <MintForm {...props} />
      {own.length > 0 && (
        <Field
          label="Or one that you have"
          hint={
            chosen
              ? "Put it where the snippets say mwt_your_token: nobody can show it again. The light waits for this token."
              : "Only for whoever kept the token itself."
          }
        >
          <Select className="max-w-sm" value={chosen ?? ""} onChange={(event) => onChoose(event.target.value || null)}>
            <option value="">None</option>
            {own.map(({ id, name, prefix }) => (
              <option key={id} value={id}>
                {name} ({prefix}…)
              </option>
            ))}
          </Select>
        </Field>
      )}
    </div>
  );
}

function MintForm({ suggestion, onMint, onMinted }: TokenStepProps) {
  const [typed, setName] = useState<string | null>(null);
  const name = typed ?? suggestion; // follows the picked client until somebody types
  const { submit, pending, error, fieldError } = useSubmit(onMint, onMinted, ["name"]);
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
        A token of your own, good for 90 days, or as long as the workspace allows.
      </p>
    </form>
  );
}
