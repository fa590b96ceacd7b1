import { setTimeout as sleep } from "node:timers/promises";
import { errorFields, type Log } from "@/lib/log";

/** One step of an orderly end, in the order given. */
export interface DrainStep {
  name: string;
  run(): Promise<unknown> | unknown;
  /** ms after which the next step begins whether this one has ended or not. */
  limitMs: number;
}

/** Runs the steps one after the other; a step that fails or takes too long is logged and never holds up the rest. */
export async function drain(steps: DrainStep[], log: Log): Promise<void> {
  for (const step of steps) {
    const stopTimer = new AbortController();
    const late = sleep(step.limitMs, "late", { signal: stopTimer.signal }).catch(() => "ended");
    try {
      const ended = await Promise.race([Promise.resolve(step.run()).then(() => "ended"), late]);
      if (ended === "late") log.warn("drain.slow", { step: step.name, ms: step.limitMs });
    } catch (error) {
      log.error("drain.failed", { step: step.name, ...errorFields(error) });
    } finally {
      stopTimer.abort();
    }
  }
}
