"use client";

import { Dot } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";

interface LiveToggleProps {
  live: boolean;
  /** The last refresh failed. */
  failing: boolean;
  onChange(live: boolean): void;
}

/** Whether new calls come in by themselves. */
export function LiveToggle({ live, failing, onChange }: LiveToggleProps) {
  return (
    <Button variant="secondary" aria-pressed={live} onClick={() => onChange(!live)}>
      <Dot tone={!live ? "neutral" : failing ? "bad" : "good"} live={live && !failing} />
      {!live ? "Paused" : failing ? "Reconnecting" : "Live"}
    </Button>
  );
}
