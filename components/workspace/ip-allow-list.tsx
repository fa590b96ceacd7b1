"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { AllowedRange, wouldLetIn } from "@/lib/services/workspace/schemas";
import type { SaveSettings } from "./settings-form";

interface ListProps {
  list: string[];
  /** The admin's own, as the gateway would see it. */
  yourAddress: string | null;
  onSave: SaveSettings;
}

const linesOf = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean);

/** Where requests to the gateway may come from; one address or range a line. */
export function IpAllowList({ list, yourAddress, onSave }: ListProps) {
  const [text, setText] = useState(list.join("\n"));
  const lines = linesOf(text);
  const bad = lines.filter((line) => !AllowedRange.safeParse(line).success);
  const locksOut = lines.length > 0 && bad.length === 0 && !wouldLetIn(lines, yourAddress);
  const { submit, pending, error } = useSubmit(onSave, ({ ipAllow }) => {
    setText((ipAllow ?? []).join("\n"));
    toast.success(ipAllow?.length ? "The list holds from now on" : "Requests may come from everywhere");
  });
  return (
    <SettingsCard
      title="Allowed addresses"
      description="With a list, the gateway takes calls and streams from these networks only. The dashboard stays open to everybody who can sign in."
    >
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (bad.length === 0) submit({ ipAllow: lines });
        }}
      >
        <Field
          label="Addresses and ranges"
          error={
            bad.length > 0
              ? `${bad.slice(0, 3).join(", ")}${bad.length > 3 ? " and more" : ""}: no address or range. Write 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32.`
              : undefined
          }
          hint={`One a line; empty: from everywhere.${yourAddress ? ` Your own address is ${yourAddress}.` : ""}`}
        >
          <Textarea
            mono
            rows={4}
            spellCheck={false}
            placeholder={"192.0.2.0/24\n2001:db8::/32"}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        {locksOut && (
          <Callout
            tone="warn"
            title={
              yourAddress ? `Your own address ${yourAddress} is not in this list` : "Your own address is not known here"
            }
            action={
              yourAddress && (
                <Button variant="secondary" size="sm" onClick={() => setText([...lines, yourAddress].join("\n"))}>
                  Add it
                </Button>
              )
            }
          >
            Your clients on this machine would be refused, and so would "Run it here".
          </Callout>
        )}
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div>
          <Button
            type="submit"
            variant="secondary"
            pending={pending}
            disabled={bad.length > 0 || lines.join() === list.join()}
          >
            Save list
          </Button>
        </div>
      </form>
    </SettingsCard>
  );
}
