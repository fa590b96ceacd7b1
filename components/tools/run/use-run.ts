"use client";

import { useEffect, useRef, useState } from "react";
import type { ConnectionProgressView } from "@/lib/services/token/view";
import type { Arguments } from "../schema/check";
import type { RunProgress } from "./gateway-session";
import { countUser, dropAccess, type RunPorts, runAccess } from "./run-access";

/** One run of this page. */
export interface Run {
  id: number;
  /** As clients name the tool. */
  tool: string;
  at: string;
  args: Arguments;
  /** Until the answer was whole, ms; the call's own time is in its row. */
  ms: number;
  outcome: "ok" | "tool_error" | "failed" | "cancelled";
  /** The tool's answer as it came; undefined where none did. */
  result?: unknown;
  /** Why there is no answer. */
  message?: string;
  /** Id of the row in the log, once it is known. */
  call: string | null;
}

export interface RunHost extends RunPorts {
  /** What the log knows of this token since then. */
  progress(tokenId: string, since: string): Promise<ConnectionProgressView>;
}

const KEPT = 30;
/** -32000 and -32001 are the SDK's own: the connection closed, or nothing came in time. */
const LAST_OF_SDK = -32_002;
/** Rows are written in groups, some ten milliseconds later. */
const ROW_AFTER_MS = [250, 750, 2_000];

/** Runs tools through the gateway, one at a time, and remembers what came of it as long as the page stands. */
export function useRun(host: RunHost) {
  const [runs, setRuns] = useState<Run[]>([]);
  const [running, setRunning] = useState<{ progress: RunProgress | null } | null>(null);
  const abort = useRef<AbortController | null>(null);
  const next = useRef(1);
  useEffect(() => {
    countUser(1);
    return () => {
      abort.current?.abort();
      countUser(-1);
    };
  }, []);

  async function run(tool: string, args: Arguments): Promise<void> {
    const controller = new AbortController();
    abort.current = controller;
    setRunning({ progress: null });
    const id = next.current++;
    const at = new Date();
    const base = { id, tool, at: at.toISOString(), args, call: null };
    let tokenId: string | null = null;
    try {
      const access = await runAccess(host);
      tokenId = access.tokenId;
      const start = performance.now();
      const ended = await outcomeOf(
        access.session.call(tool, args, {
          signal: controller.signal,
          onProgress: (progress) => setRunning((now) => now && { progress }),
        }),
        controller.signal,
      );
      const { broken, ...outcome } = ended;
      if (broken) dropAccess();
      keep({ ...base, ms: performance.now() - start, ...outcome });
    } catch (error) {
      keep({ ...base, ms: 0, outcome: controller.signal.aborted ? "cancelled" : "failed", message: messageOf(error) });
    } finally {
      setRunning(null);
      abort.current = null;
    }
    if (tokenId) void findRow(id, tokenId, at.toISOString());
  }

  const keep = (run: Run) => setRuns((now) => [run, ...now].slice(0, KEPT));

  async function findRow(id: number, tokenId: string, since: string): Promise<void> {
    for (const wait of ROW_AFTER_MS) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      const found = await host.progress(tokenId, since).catch(() => null);
      if (!found?.call) continue;
      const { id: call } = found.call;
      setRuns((now) => now.map((run) => (run.id === id ? { ...run, call } : run)));
      return;
    }
  }

  return { run, cancel: () => abort.current?.abort(), running, runs };
}

async function outcomeOf(
  answer: Promise<unknown>,
  signal: AbortSignal,
): Promise<Pick<Run, "outcome" | "result" | "message"> & { broken?: boolean }> {
  try {
    const result = await answer;
    const failed = typeof result === "object" && result !== null && Reflect.get(result, "isError") === true;
    return { outcome: failed ? "tool_error" : "ok", result };
  } catch (error) {
    if (signal.aborted)
      return { outcome: "cancelled", message: "You cancelled it. The tool may have done its work all the same." };
    const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
    // A refusal has a code of JSON-RPC and is the gateway's answer: the connection is as good as before.
    const broken = typeof code !== "number" || code > LAST_OF_SDK;
    const message =
      code === 401 ? "The token for running has ended. Run it again: a new one is made." : messageOf(error);
    return { outcome: "failed", message, broken };
  }
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : "").replace(/^MCP error -?\d+: /, "") ||
  "The gateway did not answer. Check that it is running, then try again.";
