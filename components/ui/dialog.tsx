"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

interface DialogProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** `drawer` comes in from the right and keeps the list beside it in view. */
  kind?: "modal" | "drawer";
  className?: string;
}

const SHAPE = {
  modal:
    "inset-x-0 bottom-0 max-h-[92dvh] rounded-t-2xl border animate-rise sm:inset-x-auto sm:bottom-auto sm:left-1/2 sm:top-[12vh] sm:max-h-[80vh] sm:w-[calc(100%-2rem)] sm:max-w-lg sm:-translate-x-1/2 sm:rounded-2xl",
  drawer: "inset-y-0 right-0 w-full max-w-md border-l animate-slide-in",
};

/** A modal dialog or drawer: traps focus, closes on Escape, gives focus back. */
export function Dialog({ open, onOpenChange, title, description, children, kind = "modal", className }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-[oklch(0.15_0.02_265/0.45)] backdrop-blur-[2px]" />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn("fixed z-50 flex flex-col bg-surface shadow-raised outline-none", SHAPE[kind], className)}
        >
          <header className="flex items-start justify-between gap-4 px-6 pt-5 pb-1">
            <div className="grid gap-1">
              <Radix.Title className="font-semibold text-[1.0625rem]">{title}</Radix.Title>
              {description && (
                <Radix.Description className="text-soft text-sm leading-6">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <Button variant="ghost" size="icon" aria-label="Close" className="-mt-1 -mr-2">
                <X aria-hidden />
              </Button>
            </Radix.Close>
          </header>
          <div className="overflow-y-auto px-6 pt-3 pb-6">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The row of buttons at a dialog's end; the main one comes last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">{children}</div>;
}
