"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { ProbeView, ServerSaved } from "@/lib/services/server/view";

interface SaveInput {
  slug: string;
  name: string;
  force: boolean;
}

interface SaveProps {
  probe: ProbeView;
  suggestion: string;
  onSubmit: Action<SaveInput, ServerSaved>;
  onDone(saved: ServerSaved): void;
}

/** Last step of adding a server: what it is called here. A server that does not answer may be saved on purpose. */
export function SaveServer({ probe, suggestion, onSubmit, onDone }: SaveProps) {
  const [slug, setSlug] = useState(suggestion);
  const [name, setName] = useState(probe.serverName?.slice(0, 80) ?? suggestion);
  const { submit, pending, error, fieldError } = useSubmit(onSubmit, onDone, ["slug", "name"]);
  const example = probe.tools[0]?.name ?? "tool";
  return (
    <Card className="animate-rise">
      <CardHeader
        title={probe.ok ? "Add it to the workspace" : "Save it anyway?"}
        description={probe.ok ? undefined : "It stays listed with its problem until a test succeeds."}
      />
      <form
        className="grid gap-5 px-5 pb-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit({ slug, name: name || slug, force: !probe.ok });
        }}
      >
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label="Name" error={fieldError("name")}>
            <Input maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
          </Field>
          <Field
            label="Slug"
            error={fieldError("slug")}
            hint={
              <>
                Tools are called <code className="font-mono text-ink">{`${slug || "slug"}__${example}`}</code>
              </>
            }
          >
            <Input
              mono
              required
              maxLength={16}
              spellCheck={false}
              value={slug}
              onChange={(event) => setSlug(event.target.value)}
            />
          </Field>
        </div>
        {error && <Callout tone="bad">{error.message}</Callout>}
        <div>
          <Button type="submit" pending={pending} variant={probe.ok ? "primary" : "secondary"}>
            {probe.ok ? "Add server" : "Save without a good test"}
          </Button>
        </div>
      </form>
    </Card>
  );
}
