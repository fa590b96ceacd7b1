import type { WorkerdProcess } from "./workerd-process";

const TICK_MS = 250;
/** A thread that lets as many pings go unanswered is taken for stuck: 1.75 s. Counted in ticks, so that a pause of our own counts once. */
const MOST_SILENT = 7;
const RECENT_MS = 5_000; // a function may still run after it answered
const IDLE_EVERY = 8; // ticks between two pings of one that rests

/** One call that runs in a process. */
export interface Flight {
  key: string;
  startedAt: number;
}

/** A process with the calls in it and the eyes on it. */
export interface Worker {
  readonly process: WorkerdProcess;
  readonly flights: Set<Flight>;
  usedAt: number;
  /** Takes no new calls; ends once the last is over. */
  retiring: boolean;
  /** Enters a call; the returned function ends it. */
  begin(key: string): () => void;
  /** One look at it; to be called every 250 ms. */
  tick(): void;
  /** One look at its memory. */
  weigh(): void;
  /** Why it was ended, or null where it ended by itself. */
  killed(): string | null;
  /** Deployments that may have ended it: those in flight when it fell silent, or else the last one that ran. */
  suspects(): string[];
}

/** @param mostBytes resident; beyond, it is ended */
export function watchWorker(process: WorkerdProcess, mostBytes: number, now: () => number = Date.now): Worker {
  const flights = new Set<Flight>();
  let lastKey: string | null = null;
  let ticks = 0;
  let silent = 0;
  let silentSince = 0;
  let why: string | null = null;

  function end(reason: string): void {
    why ??= reason;
    process.kill();
  }

  async function ping(): Promise<void> {
    silent = 1;
    silentSince = now();
    try {
      await process.ping(AbortSignal.timeout(60_000));
      silent = 0;
    } catch {
      // Gone, or going: its exit tells.
    }
  }

  const worker: Worker = {
    process,
    flights,
    usedAt: now(),
    retiring: false,
    begin(key) {
      const flight = { key, startedAt: now() };
      flights.add(flight);
      worker.usedAt = now();
      return () => {
        flights.delete(flight);
        lastKey = key;
        worker.usedAt = now();
      };
    },
    tick() {
      ticks += 1;
      if (silent > 0) {
        silent += 1;
        if (silent > MOST_SILENT) end("did not answer for 1.75 s: a loop that never waits, most likely");
        return;
      }
      const awake = flights.size > 0 || now() - worker.usedAt < RECENT_MS;
      if (awake || ticks % IDLE_EVERY === 0) void ping();
    },
    weigh() {
      if (flights.size === 0 && now() - worker.usedAt > RECENT_MS) return;
      if ((process.residentBytes() ?? 0) > mostBytes)
        end(`used more than ${Math.round(mostBytes / 2 ** 20)} MiB of memory`);
    },
    killed: () => why,
    suspects() {
      const stuck = why !== null && silent > MOST_SILENT;
      const running = [...flights].filter((flight) => !stuck || flight.startedAt <= silentSince + TICK_MS);
      return running.length > 0 ? running.map((flight) => flight.key) : lastKey === null ? [] : [lastKey];
    },
  };
  return worker;
}
