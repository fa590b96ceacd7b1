"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";

interface GuardProps {
  /** Something would be lost. */
  active: boolean;
  /** Null where it worked, else what went wrong. */
  onSave(): Promise<string | null>;
}

/** Asks before a link or the window's end takes unsaved text away. Links inside the page's own tabs are no links. */
export function LeaveGuard({ active, onSave }: GuardProps) {
  const router = useRouter();
  const [to, setTo] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    if (!active) return;
    const beforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!(link instanceof HTMLAnchorElement) || link.target === "_blank" || link.hasAttribute("download")) return;
      if (link.origin !== window.location.origin || link.pathname === window.location.pathname) return;
      event.preventDefault();
      event.stopPropagation();
      setTo(link.pathname + link.search);
    };
    window.addEventListener("beforeunload", beforeUnload);
    document.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", beforeUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [active]);
  const leave = () => {
    if (to !== null) router.push(to);
    setTo(null);
  };
  async function saveAndLeave() {
    setSaving(true);
    const found = await onSave();
    setSaving(false);
    setFault(found);
    if (found === null) leave();
  }
  return (
    <Dialog
      open={to !== null}
      onOpenChange={(open) => !open && setTo(null)}
      title="Leave without saving?"
      description="What you typed since the last save would be lost."
    >
      {fault && <p className="text-bad text-sm">{fault}</p>}
      <DialogActions>
        <Button variant="quietDanger" disabled={saving} onClick={leave}>
          Discard changes
        </Button>
        <Button variant="secondary" disabled={saving} onClick={() => setTo(null)}>
          Stay
        </Button>
        <Button pending={saving} onClick={saveAndLeave}>
          Save and leave
        </Button>
      </DialogActions>
    </Dialog>
  );
}
