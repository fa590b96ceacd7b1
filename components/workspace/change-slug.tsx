"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SettingsCard } from "@/components/ui/card";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { plural } from "@/lib/format";
import type { ChangeSlugInput } from "@/lib/services/workspace/schemas";
import type { SettingsEffectsView, WorkspaceView } from "@/lib/services/workspace/view";
import { WorkspaceSlug } from "@/lib/slug";

interface SlugProps {
  workspace: WorkspaceView;
  /** Who would have to set their clients up anew. */
  counts: Pick<SettingsEffectsView, "members" | "tokens" | "grants">;
  onChange: Action<ChangeSlugInput, WorkspaceView>;
  onChanged(workspace: WorkspaceView): void;
}

/** The slug, and with it the URL that every client has: changed by typing the old one. */
export function ChangeSlug({ workspace, counts, onChange, onChanged }: SlugProps) {
  const [slug, setSlug] = useState(workspace.slug);
  const [asking, setAsking] = useState(false);
  const fault = WorkspaceSlug.safeParse(slug).error?.issues[0]?.message;
  const origin = workspace.mcpUrl.slice(0, workspace.mcpUrl.indexOf(`/${workspace.slug}/`));
  return (
    <SettingsCard title="URL" description="Part of the address that every client is set up with.">
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!fault) setAsking(true);
        }}
      >
        <Field
          label="Slug"
          error={slug === workspace.slug ? undefined : fault}
          hint={
            <span className="break-all font-mono">
              {origin}/{slug || "…"}/mcp
            </span>
          }
        >
          <Input
            mono
            required
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
            value={slug}
            onChange={(event) => setSlug(event.target.value)}
          />
        </Field>
        <div>
          <Button type="submit" variant="secondary" disabled={slug === workspace.slug || fault !== undefined}>
            Change URL
          </Button>
        </div>
      </form>
      <Dialog open={asking} onOpenChange={setAsking} title="Change the URL of this workspace?">
        <Confirm
          from={workspace.slug}
          to={slug}
          counts={counts}
          onChange={onChange}
          onChanged={onChanged}
          onCancel={() => setAsking(false)}
        />
      </Dialog>
    </SettingsCard>
  );
}

interface ConfirmProps extends Pick<SlugProps, "counts" | "onChange" | "onChanged"> {
  from: string;
  to: string;
  onCancel(): void;
}

function Confirm({ from, to, counts, onChange, onChanged, onCancel }: ConfirmProps) {
  const [typed, setTyped] = useState("");
  const { submit, pending, error } = useSubmit(onChange, onChanged);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit({ slug: to, confirm: typed });
      }}
    >
      <div className="grid gap-4 text-soft text-sm leading-6">
        <p>
          <code className="font-mono text-ink">{from}</code> becomes <code className="font-mono text-ink">{to}</code>.
          Every client stops working until its URL is changed:{" "}
          <strong className="font-medium text-ink">
            {plural(counts.members, "member")} with {plural(counts.tokens, "working token")}
          </strong>
          . The tokens themselves stay good.
          {counts.grants > 0 &&
            ` ${plural(counts.grants, "client")} that signed in by OAuth must sign in again at the new URL.`}
        </p>
        <p>The old URL is free at once: it answers like one that never was, and another workspace may take it.</p>
        <Field label={`Type ${from} to confirm`}>
          <Input
            mono
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Field>
        {error && <Callout tone="bad">{error.message}</Callout>}
      </div>
      <DialogActions>
        <Button variant="secondary" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" variant="danger" pending={pending} disabled={typed !== from}>
          Change URL
        </Button>
      </DialogActions>
    </form>
  );
}
