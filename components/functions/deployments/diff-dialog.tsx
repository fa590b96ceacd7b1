"use client";

import { TriangleAlert } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { cn } from "@/components/ui/cn";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";
import { useSubmit } from "@/components/ui/use-submit";
import type { Action } from "@/lib/action-state";
import type { ActivateDeploymentInput, DiffDeploymentsInput } from "@/lib/services/function/schemas";
import type { DeployedView, DeploymentView, DiffView } from "@/lib/services/function/view";
import { FileDiff } from "./file-diff";

interface DiffProps {
  function: string;
  /** What answers now; null where nothing does. */
  active: DeploymentView | null;
  /** What would answer. */
  to: DeploymentView;
  onActivate: Action<ActivateDeploymentInput, DeployedView>;
  onDiff: Action<DiffDeploymentsInput, DiffView>;
  onDone(deployed: DeployedView): void;
  onClose(): void;
}

/** What would change if another version answered, and the button that makes it so. */
export function DiffDialog({ function: name, active, to, onActivate, onDiff, onDone, onClose }: DiffProps) {
  const [diff, setDiff] = useState<DiffView | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const { submit, pending, error } = useSubmit(onActivate, (deployed: DeployedView) => {
    onClose();
    onDone(deployed);
  });
  const load = useEffectEvent(async (from: string) => {
    const answer = await onDiff({ function: name, from, to: to.id }).catch(() => null);
    if (answer?.ok) setDiff(answer.data);
    else setFault(answer?.message ?? "The server did not answer.");
  });
  const from = active?.id;
  useEffect(() => {
    if (from) load(from);
  }, [from]);
  const back = active !== null && to.version < active.version;
  const wider = diff?.manifest.some((change) => change.wider) ?? false;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={active ? `Version ${active.version} → ${to.version}` : `Version ${to.version}`}
      description={active ? "What answers now, and what would answer then." : "Nothing answers yet."}
      className="sm:max-w-3xl"
    >
      <div className="grid grid-cols-1 gap-5 text-sm">
        {fault && <Callout tone="bad">{fault}</Callout>}
        {from && !diff && !fault && (
          <p className="flex items-center gap-2 text-faint">
            <Spinner /> Comparing…
          </p>
        )}
        {diff && <Changes diff={diff} />}
        {error && <Callout tone="bad">{error.message}</Callout>}
      </div>
      <div className="sticky -bottom-6 -mx-6 mt-6 -mb-6 border-t bg-surface px-6 pb-5 sm:rounded-b-2xl [&>div]:mt-4">
        <DialogActions>
          <Button variant="secondary" onClick={onClose}>
            Cancel
          </Button>
          <Button pending={pending} onClick={() => submit({ function: name, deployment: to.id })}>
            {back ? `Roll back to version ${to.version}` : `Promote version ${to.version}`}
            {wider && " anyway"}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}

function Changes({ diff: { files, manifest, tools } }: { diff: DiffView }) {
  const toolChanges = [
    ...tools.added.map((name) => ({ name, text: "new" })),
    ...tools.removed.map((name) => ({ name, text: "gone" })),
    ...tools.changed.map((name) => ({ name, text: "described otherwise" })),
  ];
  return (
    <>
      {manifest.length > 0 && (
        <section className="grid gap-2">
          <h3 className="font-medium">What it may do</h3>
          <ul className="grid gap-1">
            {manifest.map((change) => (
              <li
                key={`${change.kind} ${change.name}`}
                className={cn("flex items-start gap-2", change.wider && "text-warn")}
              >
                {change.wider && <TriangleAlert aria-label="wider" className="mt-1 size-3.5 shrink-0" />}
                <span className="min-w-0 break-words leading-6">{change.text}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {toolChanges.length > 0 && (
        <section className="grid gap-2">
          <h3 className="font-medium">Tools</h3>
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {toolChanges.map(({ name, text }) => (
              <li key={name + text}>
                <code className="font-mono text-xs">{name}</code> <span className="text-faint">{text}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="grid grid-cols-1 gap-2">
        <h3 className="font-medium">Source</h3>
        {files.length === 0 && <p className="text-faint">The same.</p>}
        {files.map((file) => (
          <FileDiff key={file.name} {...file} />
        ))}
      </section>
    </>
  );
}
