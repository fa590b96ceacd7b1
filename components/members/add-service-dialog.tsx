"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import { paths } from "@/lib/paths";
import type { AddServiceMemberInput } from "@/lib/services/member/schemas";
import type { MemberView } from "@/lib/services/member/view";

interface AddProps {
  open: boolean;
  onClose(): void;
  slug: string;
  onAdd: Action<AddServiceMemberInput, MemberView>;
}

/** Adds a machine and goes to its page, where its scope is set and its token made. */
export function AddServiceDialog({ open, onClose, ...form }: AddProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="Add service member"
      description="A machine: a CI job, an agent, a scheduled task. It has tokens, never signs in, and its calls carry its name."
    >
      <ServiceForm {...form} onCancel={onClose} />
    </Dialog>
  );
}

function ServiceForm({ slug, onAdd, onCancel }: Omit<AddProps, "open" | "onClose"> & { onCancel(): void }) {
  const router = useRouter();
  const [name, setName] = useState("");
  const { submit, pending, error, fieldError } = useSubmit(
    onAdd,
    (member) => router.push(paths.member(slug, member.id)),
    ["name"],
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit({ name });
      }}
    >
      <div className="grid gap-5">
        {error && <Callout tone="bad">{error.message}</Callout>}
        <Field label="Name" hint="What it is: Deploy bot, Nightly report." error={fieldError("name")}>
          <Input
            required
            autoFocus
            maxLength={80}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
      </div>
      <DialogActions>
        <Button variant="secondary" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" pending={pending}>
          Add and choose its tools
        </Button>
      </DialogActions>
    </form>
  );
}
