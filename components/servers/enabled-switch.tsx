"use client";

import { startTransition, useOptimistic } from "react";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import type { ActionState } from "@/lib/action-state";

interface EnabledSwitchProps {
  enabled: boolean;
  /** What is switched: "Tool create_issue". */
  label: string;
  onToggle(enabled: boolean): Promise<ActionState<unknown>>;
  disabled?: boolean;
}

/** Moves at once; when the server refuses, it falls back and a toast says why. */
export function EnabledSwitch({ enabled, label, onToggle, disabled }: EnabledSwitchProps) {
  const [shown, show] = useOptimistic(enabled);
  const toggle = (next: boolean) =>
    startTransition(async () => {
      show(next);
      const result = await onToggle(next).catch(() => null);
      if (!result?.ok)
        toast.error(`${label} stays ${next ? "off" : "on"}`, {
          description: result?.message ?? "The server did not answer.",
          duration: 12_000,
        });
    });
  return <Switch checked={shown} onCheckedChange={toggle} label={label} disabled={disabled} />;
}
