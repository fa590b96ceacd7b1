"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

interface ChoiceProps extends Omit<ComponentProps<"input">, "type"> {
  type: "checkbox" | "radio";
  /** One line below the label. */
  note?: ReactNode;
  children: ReactNode;
}

/** The browser's own checkbox or radio button with its label; the whole row takes the click. */
export function Choice({ type, note, className, children, ...props }: ChoiceProps) {
  return (
    <label
      className={cn(
        "flex cursor-pointer items-start gap-3 rounded-lg py-1.5 text-sm leading-6 has-disabled:cursor-default has-disabled:opacity-55",
        className,
      )}
    >
      <input type={type} className="mt-1 size-4 shrink-0 accent-accent" {...props} />
      <span className="grid min-w-0">
        <span className="min-w-0">{children}</span>
        {note && <span className="text-faint text-xs leading-5">{note}</span>}
      </span>
    </label>
  );
}
