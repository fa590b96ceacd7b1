"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { UpdateInstanceInput } from "@/lib/services/instance/schemas";
import type { InstanceView } from "@/lib/services/instance/view";

interface FormProps {
  entries: string[];
  /** Set by the environment; shown, not editable. */
  fromEnvironment: string[];
  onSave: Action<UpdateInstanceInput, InstanceView>;
}

const toLines = (text: string) => text.split(/[\s,]+/).filter(Boolean);

/** The operator's switch: which hosts on private networks servers may have. */
export function PrivateRangesForm({ entries, fromEnvironment, onSave }: FormProps) {
  const [text, setText] = useState(entries.join("\n"));
  const { submit, pending, error } = useSubmit(onSave, ({ allowPrivateUpstreams }) => {
    setText(allowPrivateUpstreams.join("\n"));
    toast.success("Saved. It holds from now on");
  });
  return (
    <SettingsCard
      title="Private upstream addresses"
      description="Servers on private networks (localhost, 10.0.0.0/8, 192.168.0.0/16, …) are refused unless they are named here. Otherwise any admin of any workspace could reach into the network behind this installation."
    >
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit({ allowPrivateUpstreams: toLines(text) });
        }}
      >
        <Field
          label="Allowed hosts and ranges"
          hint="One a line: a host name, an address or a range in CIDR form; each may end in a port, which then is the only one allowed. Name as little as you can."
          error={error?.message}
        >
          <Textarea
            mono
            rows={5}
            spellCheck={false}
            placeholder={"mcp.internal\n127.0.0.1:3001\n10.20.0.0/16"}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        {fromEnvironment.length > 0 && (
          <Callout title="Also allowed by AEROSTACK_ALLOW_PRIVATE_UPSTREAMS">
            <code className="font-mono text-[0.8125rem] text-ink">{fromEnvironment.join(", ")}</code>
          </Callout>
        )}
        <div>
          <Button type="submit" variant="secondary" pending={pending}>
            Save ranges
          </Button>
        </div>
      </form>
    </SettingsCard>
  );
}
