import type { Query } from "@/db/query";
import { errorFields, type Log } from "@/lib/log";
import { advanceRollups } from "@/lib/services/analytics/advance-rollups";
import type { Db } from "@/lib/services/context";
import { makePartitions, removeExpired } from "./retention";
import { sweepShortLived } from "./sweep";

const ROLLUPS_EVERY_MS = 60_000;
const SWEEP_EVERY_MS = 5 * 60_000;
const DAILY_MS = 24 * 3_600_000;
/** The first cleaning of a day waits until the node has settled. */
const SETTLED_MS = 10 * 60_000;

/** Steps of the rollups, in ms: on the embedded database every call waits for one; elsewhere long ones get more done. */
const STEP_MS = { embedded: 50, apart: 1_000 };

export interface Maintenance {
  db: Db;
  query: Query;
  /** Whether the database is the embedded one. */
  embedded: boolean;
  log: Log;
}

/**
 * What has to happen again and again, whoever asks for what: rollups every minute, what is short-lived every five,
 * partitions and retention every day. Each node does it; they keep out of each other's way.
 * @returns how to stop it; what runs ends after its current step
 */
export function startMaintenance({ db, query, embedded, log }: Maintenance): () => Promise<void> {
  let stopped = false;
  const running = new Set<Promise<void>>();
  const timers: NodeJS.Timeout[] = [];
  const every = (ms: number, firstMs: number, name: string, work: () => Promise<void>) => {
    const next = (inMs: number) => {
      if (stopped) return;
      const timer = setTimeout(() => {
        const run = work()
          .catch((error: unknown) => log.warn(`${name}.failed`, errorFields(error)))
          .finally(() => {
            running.delete(run);
            next(ms);
          });
        running.add(run);
      }, inMs);
      timer.unref();
      timers.push(timer);
      if (timers.length > 20) timers.splice(0, 10);
    };
    next(firstMs);
  };
  every(ROLLUPS_EVERY_MS, 1_000, "rollups", async () => {
    // Steps a second at a time, so that stopping never waits long.
    for (let more = true; more && !stopped; ) {
      const { done, steps } = await advanceRollups(db, Date.now(), {
        budgetMs: 1_000,
        stepMs: embedded ? STEP_MS.embedded : STEP_MS.apart,
      });
      more = !done && steps > 0;
    }
  });
  every(SWEEP_EVERY_MS, SWEEP_EVERY_MS, "sweep", () => sweepShortLived(query));
  every(DAILY_MS, DAILY_MS, "partitions", () => makePartitions(query, Date.now()));
  every(DAILY_MS, SETTLED_MS, "retention", async () => {
    const removed = await removeExpired(query, Date.now());
    const { partitions, calls, rollups } = removed;
    if (calls + rollups + partitions.length > 0)
      log.info("retention.removed", { calls, rollups, partitions: partitions.join(" ") });
  });
  return async () => {
    stopped = true;
    for (const timer of timers) clearTimeout(timer);
    await Promise.all(running);
  };
}
