"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { CreateWorkspaceInput } from "@/lib/services/workspace/schemas";
import type { WorkspaceView } from "@/lib/services/workspace/view";
import { suggestSlug } from "@/lib/slug";

interface FormProps {
  /** Origin of the gateway, to show the URL as it will be. */
  origin: string;
  onSubmit: Action<CreateWorkspaceInput, WorkspaceView>;
  onDone(workspace: WorkspaceView): void;
}

/** Name and slug; the slug follows the name until it is touched. */
export function CreateWorkspaceForm({ origin, onSubmit, onDone }: FormProps) {
  const [name, setName] = useState("");
  const [ownSlug, setOwnSlug] = useState<string | null>(null);
  const slug = ownSlug ?? suggestSlug(name);
  const { submit, pending, error, fieldError } = useSubmit(onSubmit, onDone, ["name", "slug"]);
  return (
    <form
      className="grid max-w-lg gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        submit({ name, slug });
      }}
    >
      {error && <Callout tone="bad">{error.message}</Callout>}
      <Field label="Name" hint="Usually a team: Engineering, Support, Data." error={fieldError("name")}>
        <Input
          required
          autoFocus
          maxLength={80}
          placeholder="Engineering"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field
        label="Slug"
        hint="Part of the URL that goes into every editor. It cannot be changed later."
        error={fieldError("slug")}
      >
        <Input
          mono
          required
          maxLength={40}
          spellCheck={false}
          placeholder="engineering"
          value={slug}
          onChange={(event) => setOwnSlug(event.target.value)}
        />
      </Field>
      <div className="grid gap-1.5">
        <p className="text-faint text-xs">Your team's gateway URL</p>
        <p className="overflow-x-auto rounded-lg border border-dashed bg-muted px-3 py-2 font-mono text-[0.8125rem]">
          {origin}/ws/<span className="font-semibold text-accent-text">{slug || "…"}</span>/mcp
        </p>
      </div>
      <div>
        <Button type="submit" pending={pending}>
          Create workspace
        </Button>
      </div>
    </form>
  );
}
