"use client";

import { Eraser, ScrollText } from "lucide-react";
import { useState } from "react";
import { Dot } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/input";
import type { LogsView } from "@/lib/services/function/view";
import { LogLines } from "./log-lines";
import { type StreamState, useLogStream } from "./use-log-stream";

const LEVELS = { all: "All lines", warn: "Warnings and errors", system: "Of the runtime" } as const;
type Shown = keyof typeof LEVELS;
const FITS: Record<Shown, readonly string[] | null> = {
  all: null,
  warn: ["warn", "error", "exception"],
  system: ["system", "exception"],
};

/** What a function writes, as it writes it. */
export function LogTab({ url, logs }: { url: string; logs: LogsView }) {
  const [live, setLive] = useState(true);
  const [shown, setShown] = useState<Shown>("all");
  const { lines, state, clear } = useLogStream(url, logs.lines, live && logs.deployment !== null);
  const fits = FITS[shown];
  const rows = fits === null ? lines : lines.filter(({ level }) => fits.includes(level));
  if (logs.deployment === null)
    return (
      <Card>
        <EmptyState icon={ScrollText} title="No log yet">
          What a deployed function writes with ctx.log or console appears here while it runs.
        </EmptyState>
      </Card>
    );
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Select
          aria-label="Lines"
          className="w-48"
          value={shown}
          onChange={(event) => setShown(event.target.value as Shown)}
        >
          {Object.entries(LEVELS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        <div className="flex gap-2">
          <Button variant="ghost" disabled={lines.length === 0} onClick={clear}>
            <Eraser aria-hidden /> Clear
          </Button>
          <LiveButton state={state} onChange={setLive} />
        </div>
      </div>
      {rows.length > 0 ? (
        <div className="grid max-h-[65vh] grid-cols-1 overflow-y-auto">
          <LogLines lines={rows.toReversed()} />
        </div>
      ) : (
        <Card>
          <EmptyState icon={ScrollText} title={lines.length > 0 ? "No line of this kind" : "Nothing written yet"}>
            {lines.length > 0
              ? "Choose all lines above to see the others."
              : "ctx.log(…) and console in the code write here, and so does whatever a tool throws."}
          </EmptyState>
        </Card>
      )}
      <p className="text-faint text-xs leading-5">
        Newest first, of version {logs.deployment.version}, times in UTC. The last 256 lines are held in memory and gone
        after a restart. Placeholders of secrets are shown as [secret NAME].
      </p>
    </div>
  );
}

function LiveButton({ state, onChange }: { state: StreamState; onChange(live: boolean): void }) {
  const live = state !== "paused";
  return (
    <Button variant="secondary" aria-pressed={live} onClick={() => onChange(!live)}>
      <Dot tone={state === "open" ? "good" : state === "waiting" ? "warn" : "neutral"} live={state === "open"} />
      {state === "open" ? "Live" : state === "waiting" ? "Connecting" : "Paused"}
    </Button>
  );
}
