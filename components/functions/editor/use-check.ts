"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { ProblemView } from "@/lib/services/function/view";
import type { Files } from "./files";

/** Looks for faults in files that need not be saved. @throws Error in words for a person */
export type CheckFiles = (files: Files, entry: string, signal: AbortSignal) => Promise<ProblemView[]>;

export interface Checked {
  problems: ProblemView[];
  state: "checking" | "checked" | "stale" | "failed";
  note: string | null;
}

const PAUSE_MS = 700;
const NONE: ProblemView[] = [];

/** Checks the source when typing pauses; an answer about older text is dropped. */
export function useCheck(files: Files, entry: string, check: CheckFiles): Checked {
  const [found, setFound] = useState<{ of: Files; problems: ProblemView[]; note: string | null } | null>(null);
  const [running, setRunning] = useState<Files | null>(null);
  const run = useEffectEvent(async (of: Files, signal: AbortSignal) => {
    setRunning(of);
    try {
      const problems = await check(of, entry, signal);
      if (!signal.aborted) setFound({ of, problems, note: null });
    } catch (error) {
      if (!signal.aborted) setFound({ of, problems: NONE, note: error instanceof Error ? error.message : null });
    } finally {
      if (!signal.aborted) setRunning(null);
    }
  });
  useEffect(() => {
    const leaving = new AbortController();
    const timer = setTimeout(() => run(files, leaving.signal), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [files]);
  const problems = found?.problems ?? NONE;
  if (running === files) return { problems, state: "checking", note: null };
  if (found?.of !== files) return { problems, state: "stale", note: null };
  return { problems, state: found.note === null ? "checked" : "failed", note: found.note };
}
