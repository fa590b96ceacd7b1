"use client";

import { ChevronDown, Rocket } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Choice } from "@/components/ui/choice";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface DeployProps {
  pending: boolean;
  /** Why it cannot be pressed; null where it can. */
  off: string | null;
  onDeploy(options: { stage: boolean; note?: string }): void;
}

/** Deploy at one press; the arrow beside it takes a note, or keeps the version ready without going live. */
export function DeployButton({ pending, off, onDeploy }: DeployProps) {
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState("");
  const [stage, setStage] = useState(false);
  return (
    <div className="flex" title={off ?? undefined}>
      <Button
        size="sm"
        className="rounded-r-none"
        pending={pending}
        disabled={off !== null}
        onClick={() => onDeploy({ stage: false })}
      >
        {!pending && <Rocket aria-hidden />} {pending ? "Deploying…" : "Deploy"}
      </Button>
      <Button
        size="sm"
        aria-label="Deploy with options"
        title="Deploy with options"
        className="rounded-l-none border-on-accent/25 border-l px-2"
        disabled={pending || off !== null}
        onClick={() => setAsking(true)}
      >
        <ChevronDown aria-hidden />
      </Button>
      <Dialog open={asking} onOpenChange={setAsking} title="Deploy">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setAsking(false);
            onDeploy({ stage, note: note.trim() || undefined });
            setNote("");
          }}
        >
          <div className="grid gap-4">
            <Field label="Note" aside="optional" hint="Stands beside the version in its history.">
              <Input
                maxLength={200}
                placeholder="Lists archived channels too"
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            </Field>
            <Choice
              type="checkbox"
              checked={stage}
              onChange={(event) => setStage(event.target.checked)}
              note="It is built and tried, and can be tested. The version before goes on answering until this one is promoted."
            >
              Keep it ready, do not go live yet
            </Choice>
          </div>
          <DialogActions>
            <Button variant="secondary" onClick={() => setAsking(false)}>
              Cancel
            </Button>
            <Button type="submit">{stage ? "Build and keep ready" : "Deploy"}</Button>
          </DialogActions>
        </form>
      </Dialog>
    </div>
  );
}
