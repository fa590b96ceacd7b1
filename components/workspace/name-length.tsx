"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { plural } from "@/lib/format";
import { FORMER_NAME_DAYS } from "@/lib/services/tool/schemas";
import { UpdateWorkspaceSettingsInput } from "@/lib/services/workspace/schemas";
import type { ContextView } from "@/lib/services/workspace/view";
import type { SaveSettings } from "./settings-form";

interface LengthProps {
  length: number;
  longNames: ContextView["longNames"];
  onSave: SaveSettings;
}

/** How long the names of tools may be; says what that shortens before it is saved. */
export function NameLength({ length, longNames, onSave }: LengthProps) {
  const [text, setText] = useState(String(length));
  const { submit, pending, error, fieldError } = useSubmit(
    onSave,
    ({ nameLength }) => toast.success(`Names have ${nameLength} characters at most`),
    ["nameLength"],
  );
  const wanted = Number(text);
  const parsed = UpdateWorkspaceSettingsInput.shape.nameLength.safeParse(text.trim() === "" ? Number.NaN : wanted);
  const fault = parsed.success ? undefined : parsed.error.issues[0]?.message;
  const over = (max: number) => longNames.reduce((sum, each) => sum + (each.length > max ? each.tools : 0), 0);
  const between = longNames.reduce((sum, each) => sum + (each.length > Math.min(length, wanted) ? each.tools : 0), 0);
  const changed = wanted !== length;
  return (
    <SettingsCard
      title="Length of names"
      description="Clients put a prefix of their own before each tool, and models take 64 characters in all. 45 fits every client we know; more leaves names whole where your clients allow it."
    >
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!fault) submit({ nameLength: wanted });
        }}
      >
        <Field
          label="Longest name of a tool, in characters"
          error={fault ?? fieldError("nameLength")}
          hint={
            over(wanted) === 0
              ? "Every name fits as it is."
              : `${plural(over(wanted), "name is", "names are")} longer and ${over(wanted) === 1 ? "ends" : "end"} in a hash that always stays the same.`
          }
        >
          <Input
            type="number"
            inputMode="numeric"
            min={45}
            max={64}
            className="sm:w-28"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        {changed && !fault && between > 0 && (
          <Callout>
            {plural(between, "name")} {between === 1 ? "changes" : "change"}. The old{" "}
            {between === 1 ? "one goes" : "ones go"} on to answer for {FORMER_NAME_DAYS} days.
          </Callout>
        )}
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div>
          <Button type="submit" variant="secondary" pending={pending} disabled={!changed || fault !== undefined}>
            Save
          </Button>
        </div>
      </form>
    </SettingsCard>
  );
}
