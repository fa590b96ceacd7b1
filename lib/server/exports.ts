import { setTimeout as sleep } from "node:timers/promises";
import { errorFields } from "@/lib/log";
import { sweepExports } from "@/lib/services/export/sweep";
import { type ExportWorker, workExport } from "@/lib/services/export/work";

/** How often an idle node looks for an export to make, in ms. */
const LOOK_EVERY_MS = 2_000;
const SWEEP_EVERY_MS = 3_600_000;

/** Makes exports in the background, one at a time, and deletes files whose time is over. `close` hands on what is not finished. */
export function startExports(worker: ExportWorker): { close(): Promise<void> } {
  const ending = new AbortController();
  const { signal } = ending;
  const guarded = (work: Promise<unknown>) =>
    work.catch((error: unknown) => {
      if (!signal.aborted) worker.log.warn("exports.failed", errorFields(error));
      return false;
    });
  async function loop(): Promise<void> {
    while (!signal.aborted) {
      const worked = await guarded(workExport(worker, signal));
      if (!worked) await sleep(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
  const running = loop();
  const sweep = () => void guarded(sweepExports(worker.db, worker.now()));
  sweep();
  const sweeping = setInterval(sweep, SWEEP_EVERY_MS);
  sweeping.unref();
  return {
    async close() {
      clearInterval(sweeping);
      ending.abort();
      await running;
    },
  };
}
