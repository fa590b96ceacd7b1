"use client";

import { Switch as Radix } from "radix-ui";

interface SwitchProps {
  checked: boolean;
  onCheckedChange(checked: boolean): void;
  label: string;
  disabled?: boolean;
}

/** An on/off switch; `label` is read out, the row around shows it. */
export function Switch({ checked, onCheckedChange, label, disabled }: SwitchProps) {
  return (
    <Radix.Root
      checked={checked}
      onCheckedChange={onCheckedChange}
      aria-label={label}
      disabled={disabled}
      className="relative inline-flex h-6 w-10 shrink-0 items-center rounded-full border border-field bg-muted transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent disabled:opacity-50"
    >
      <Radix.Thumb className="block size-4 translate-x-[3px] rounded-full bg-faint shadow-card transition-transform data-[state=checked]:translate-x-[19px] data-[state=checked]:bg-white" />
    </Radix.Root>
  );
}
