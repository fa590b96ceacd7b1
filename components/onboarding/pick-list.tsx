"use client";

import { Check, FunctionSquare, RotateCw, TriangleAlert } from "lucide-react";
import { BrandIcon } from "@/components/ui/brand-icon";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Spinner } from "@/components/ui/spinner";
import { plural } from "@/lib/format";
import type { Pick } from "./pick";

interface PickListProps {
  picks: readonly Pick[];
  ticked: ReadonlySet<string>;
  onTick(id: string, ticked: boolean): void;
  onRetry(pick: Pick): void;
}

/** Servers to tick, each with its own progress once they are being added. */
export function PickList({ picks, ticked, onTick, onRetry }: PickListProps) {
  return (
    <ul className="grid gap-2">
      {picks.map((pick) => (
        <li key={pick.id}>
          <Row pick={pick} ticked={ticked.has(pick.id)} onTick={onTick} onRetry={onRetry} />
        </li>
      ))}
    </ul>
  );
}

function Row({
  pick,
  ticked,
  onTick,
  onRetry,
}: Omit<PickListProps, "picks" | "ticked"> & { pick: Pick; ticked: boolean }) {
  const { id, name, description, icon, kind, state, message } = pick;
  return (
    <div
      className={cn(
        "rounded-xl border bg-surface shadow-card has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-focus-visible:outline-offset-2",
        state === "failed" ? "border-warn-mark/40" : ticked && state === "idle" && "border-accent/60",
      )}
    >
      <label className={cn("flex items-center gap-3.5 px-4 py-3", state === "idle" && "cursor-pointer")}>
        <input
          type="checkbox"
          className="size-4 shrink-0 accent-accent"
          checked={ticked || state === "done"}
          disabled={state !== "idle"}
          onChange={(event) => onTick(id, event.target.checked)}
        />
        {kind === "function" ? (
          <span className="grid size-8 shrink-0 place-items-center rounded-lg border bg-muted text-accent-text">
            <FunctionSquare aria-hidden className="size-4.5" />
          </span>
        ) : (
          <BrandIcon icon={icon} name={name} />
        )}
        <span className="grid min-w-0 flex-1">
          <span className="font-medium text-sm">{name}</span>
          <span className="line-clamp-2 text-faint text-xs leading-5">{description}</span>
        </span>
        <State pick={pick} />
      </label>
      {state === "failed" && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t px-4 py-3">
          <p role="alert" className="min-w-0 flex-1 basis-64 break-words text-soft text-sm leading-6">
            {message} You can go on without it.
          </p>
          <Button variant="secondary" size="sm" onClick={() => onRetry(pick)} aria-label={`Try ${name} again`}>
            <RotateCw aria-hidden /> Try again
          </Button>
        </div>
      )}
    </div>
  );
}

function State({ pick: { state, tools } }: { pick: Pick }) {
  if (state === "idle") return null;
  return (
    <span role="status" className="flex shrink-0 items-center gap-1.5 text-soft text-xs">
      {state === "working" && (
        <>
          <Spinner /> Asking for its tools
        </>
      )}
      {state === "done" && (
        <>
          <Check aria-hidden className="size-4 text-good" /> {tools > 0 ? plural(tools, "tool") : "Added"}
        </>
      )}
      {state === "failed" && (
        <>
          <TriangleAlert aria-hidden className="size-4 text-warn" /> Not added
        </>
      )}
    </span>
  );
}
