"use client";

import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { Callout } from "./callout";
import { CopyField } from "./copy";
import { Dialog, DialogActions } from "./dialog";

interface CopyOnceProps {
  title: string;
  description: ReactNode;
  /** What is copied, for screen readers: "token". */
  label: string;
  value: string;
  onClose(): void;
  /** More to copy (a snippet that holds the value); it gets a callback to report a copy. */
  children?(onCopied: () => void): ReactNode;
}

/** Shows a value that nobody can see again. Closing before it was copied asks once. */
export function CopyOnce({ title, description, label, value, onClose, children }: CopyOnceProps) {
  const [copied, setCopied] = useState(false);
  const [warned, setWarned] = useState(false);
  const markCopied = () => setCopied(true);
  const close = () => (copied || warned ? onClose() : setWarned(true));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={title}
      description={description}
      className="sm:max-w-xl"
    >
      <div className="grid grid-cols-1 gap-5">
        <CopyField value={value} label={label} onCopied={markCopied} />
        {children?.(markCopied)}
        {warned && !copied && (
          <Callout tone="warn" title={`You have not copied the ${label} yet`}>
            It will not be shown again. Close anyway, and you will have to make a new one.
          </Callout>
        )}
      </div>
      <DialogActions>
        <Button variant={copied ? "primary" : "secondary"} onClick={close}>
          {copied ? "Done" : warned ? "Close anyway" : "Close"}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
