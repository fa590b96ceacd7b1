"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";

interface TabsProps {
  label: string;
  tabs: { value: string; title: ReactNode; content: ReactNode }[];
  defaultValue?: string;
  /** With `onValueChange`: the caller says which is open. */
  value?: string;
  onValueChange?(value: string): void;
  className?: string;
}

/** Underlined tabs; arrow keys move between them. */
export function Tabs({ label, tabs, defaultValue, value, onValueChange, className }: TabsProps) {
  return (
    <Radix.Root
      {...(value === undefined ? { defaultValue: defaultValue ?? tabs[0]?.value } : { value, onValueChange })}
      className={cn("grid grid-cols-1 gap-6", className)}
    >
      <Radix.List aria-label={label} className="flex gap-4 sm:gap-6 overflow-x-auto border-b">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px flex items-center gap-2 border-transparent border-b-2 pt-1 pb-2.5 text-sm text-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {tab.title}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="outline-offset-4">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
