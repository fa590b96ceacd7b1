"use client";

import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { useFieldAttributes } from "./field";

const BOX =
  "w-full rounded-lg border border-field bg-surface px-3 text-[16px] text-ink sm:text-sm shadow-card placeholder:text-faint hover:border-faint disabled:bg-muted disabled:text-faint aria-invalid:border-bad-mark";

/** One line of text; `mono` for URLs, slugs and tokens. */
export function Input({ className, mono, ...props }: ComponentProps<"input"> & { mono?: boolean }) {
  return (
    <input
      {...useFieldAttributes()}
      className={cn(BOX, "h-9", mono && "font-mono sm:text-[0.8125rem]", className)}
      {...props}
    />
  );
}

/** As `Input` in mono, behind a part of the text that stands fast. */
export function PrefixedInput({ prefix, className, ...props }: ComponentProps<"input"> & { prefix: string }) {
  return (
    <div
      className={cn(
        BOX,
        "flex h-9 items-center overflow-hidden pr-0 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent-text has-[:focus-visible]:outline-offset-2",
        className,
      )}
    >
      <span aria-hidden className="shrink-0 font-mono text-faint sm:text-[0.8125rem]">
        {prefix}
      </span>
      <input
        {...useFieldAttributes()}
        className="h-full min-w-0 flex-1 bg-transparent pr-3 font-mono outline-none placeholder:text-faint sm:text-[0.8125rem]"
        {...props}
      />
    </div>
  );
}

/** Several lines of text. */
export function Textarea({ className, mono, ...props }: ComponentProps<"textarea"> & { mono?: boolean }) {
  return (
    <textarea
      {...useFieldAttributes()}
      className={cn(BOX, "min-h-24 py-2 leading-6", mono && "font-mono sm:text-[0.8125rem]", className)}
      {...props}
    />
  );
}

/** The browser's own select (best on phones and with screen readers) in our looks. */
export function Select({ className, children, ...props }: ComponentProps<"select">) {
  return (
    <div className={cn("relative", className)}>
      <select {...useFieldAttributes()} className={cn(BOX, "h-9 appearance-none pr-8")} {...props}>
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-2.5 right-2.5 size-4 text-faint" />
    </div>
  );
}
