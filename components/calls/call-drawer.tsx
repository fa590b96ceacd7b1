"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { CallDetailView, CallView } from "@/lib/services/call/view";
import { CallDetails } from "./call-details";

interface DrawerProps {
  open: boolean;
  /** What the list knows of it; stands in until the rest is here. */
  row: CallView | null;
  call: CallDetailView | null;
  error: string | null;
  onClose(): void;
  /** To the newer (-1) and older (1) call beside it in the list; null at the end or where the list does not hold it. */
  step: { newer(): void; older(): void } | null;
  /** Link, curl and payload of a call that is here. */
  parts(call: CallDetailView): { actions: ReactNode; payload: ReactNode | null };
  slug: string;
}

/** One call in full, beside the list. j and k go on to the next one without closing it. */
export function CallDrawer({ open, row, call, error, onClose, step, parts, slug }: DrawerProps) {
  useStepKeys(open ? step : null);
  const shown = call && (!row || row.id === call.id) ? call : null;
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title="Call" kind="drawer" className="max-w-xl">
      <div>
        {step && (
          <div className="mb-3 flex gap-1">
            <Button variant="ghost" size="sm" onClick={step.newer}>
              <ChevronUp aria-hidden /> Newer
            </Button>
            <Button variant="ghost" size="sm" onClick={step.older}>
              <ChevronDown aria-hidden /> Older
            </Button>
          </div>
        )}
        {error ? (
          <Callout tone="bad" title="This call cannot be shown">
            {error}
          </Callout>
        ) : shown ? (
          <CallDetails call={shown} slug={slug} {...parts(shown)} />
        ) : (
          <div className="grid gap-4" aria-busy>
            {row && <p className="break-all font-medium font-mono text-sm">{row.qualifiedName}</p>}
            <Skeleton className="h-6 w-2/3" />
            <Skeleton className="h-24 w-full" />
            <Skeleton className="h-64 w-full" />
          </div>
        )}
      </div>
    </Dialog>
  );
}

/** j and k, wherever in the drawer the focus is. */
function useStepKeys(step: DrawerProps["step"]): void {
  const latest = useRef(step);
  latest.current = step;
  const on = step !== null;
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select");
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "j") latest.current?.older();
      if (event.key === "k") latest.current?.newer();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [on]);
}
