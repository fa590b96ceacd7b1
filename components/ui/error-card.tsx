"use client";

import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { CopyButton } from "./copy";

interface ErrorCardProps {
  /** What failed: "The chart could not be loaded". */
  title: string;
  /** Why and what to do, in the error's own words. */
  children?: ReactNode;
  /** Under which the log has the cause. */
  requestId?: string;
  onRetry?(): void;
  pending?: boolean;
  className?: string;
}

/** In place of a card or list that failed by itself, while the page around it works. */
export function ErrorCard({ title, children, requestId, onRetry, pending, className }: ErrorCardProps) {
  return (
    <div
      role="alert"
      className={cn("grid justify-items-center gap-3 rounded-xl border bg-surface px-6 py-8 text-center", className)}
    >
      <CircleAlert aria-hidden className="size-5 text-bad" />
      <div className="grid max-w-md gap-1">
        <p className="font-medium text-sm">{title}</p>
        <div className="text-pretty text-soft text-sm leading-6">
          {children ?? "The cause is in the server's log. Try again; what else is on this page still works."}
        </div>
      </div>
      {requestId && <RequestId id={requestId} />}
      {onRetry && (
        <Button variant="secondary" size="sm" onClick={onRetry} pending={pending}>
          {!pending && <RotateCw aria-hidden />} Try again
        </Button>
      )}
    </div>
  );
}

/** The reference of a failed request, to copy into a message to whoever reads the log. */
export function RequestId({ id }: { id: string }) {
  return (
    <p className="flex max-w-full items-center justify-center gap-1 text-faint text-xs">
      Request <code className="min-w-0 truncate font-mono text-soft">{id}</code>
      <CopyButton text={id} label="Copy request id" />
    </p>
  );
}
