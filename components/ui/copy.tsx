"use client";

import { Check, Copy as CopyIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { cn } from "./cn";

/** Copies a text; false where the browser did not let us. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Plain http on another host has no clipboard API; the old command still works there.
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    (document.querySelector("[role=dialog]") ?? document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

interface CopyButtonProps {
  text: string;
  /** Names what is copied, for screen readers and as the visible label when `showLabel`. */
  label: string;
  showLabel?: boolean;
  variant?: "ghost" | "secondary" | "primary";
  className?: string;
  onCopied?(): void;
}

/** Copies a text; the icon turns into a check and the change is announced. */
export function CopyButton({ text, label, showLabel, variant = "ghost", className, onCopied }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2_000);
    return () => clearTimeout(timer);
  }, [state]);
  const copied = state === "copied";
  return (
    <>
      <Button
        variant={variant}
        size={showLabel ? "md" : "icon"}
        aria-label={showLabel ? undefined : label}
        title={showLabel ? undefined : label}
        className={cn(copied && variant === "ghost" && "text-good", className)}
        onClick={async () => {
          const done = await copyText(text);
          setState(done ? "copied" : "failed");
          if (done) onCopied?.();
        }}
      >
        {copied ? <Check aria-hidden /> : <CopyIcon aria-hidden />}
        {showLabel && (copied ? "Copied" : label)}
      </Button>
      <span aria-live="polite" className="sr-only">
        {copied ? "Copied" : state === "failed" ? "Copying failed, select the text and copy it by hand" : ""}
      </span>
    </>
  );
}

/** A read-only value in mono with its copy button. */
export function CopyField({
  value,
  label,
  onCopied,
  className,
}: {
  value: string;
  label: string;
  onCopied?(): void;
  className?: string;
}) {
  return (
    <div
      className={cn(
        "flex items-center gap-1 rounded-lg border border-line-strong/80 bg-muted py-0.5 pr-1 pl-3",
        className,
      )}
    >
      <input
        readOnly
        aria-label={label}
        value={value}
        onFocus={(event) => event.target.select()}
        className="h-8 min-w-0 flex-1 truncate bg-transparent font-mono text-[0.8125rem] outline-offset-4"
      />
      <CopyButton text={value} label={`Copy ${label}`} onCopied={onCopied} />
    </div>
  );
}

interface CodeBlockProps {
  code: string;
  title?: string;
  /** Names what is copied. */
  label: string;
  /** Breaks long lines (commands) instead of scrolling. */
  wrap?: boolean;
  onCopied?(): void;
}

/** A block of code with its copy button and an optional title (a file name). */
export function CodeBlock({ code, title, label, wrap, onCopied }: CodeBlockProps) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-xl border bg-muted">
      <figcaption className="flex items-center justify-between gap-2 border-b py-1 pr-1.5 pl-4">
        <span className="truncate font-mono text-faint text-xs">{title ?? label}</span>
        <CopyButton text={code} label={`Copy ${label}`} onCopied={onCopied} />
      </figcaption>
      <pre
        className={cn(
          "overflow-x-auto px-4 py-3 font-mono text-[0.8125rem] leading-6",
          wrap && "whitespace-pre-wrap [overflow-wrap:anywhere]",
        )}
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}
