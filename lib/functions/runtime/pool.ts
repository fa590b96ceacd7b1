import type { Worker } from "./worker";

export interface PoolOptions {
  start(): Promise<Worker>;
  /** Makes a started process work for a workspace. */
  assign(worker: Worker, ws: string): void;
  /** An assigned process ended that was not told to. */
  onCrash(worker: Worker, ws: string): void;
  /** Processes at most, spares not counted. */
  most: number;
  /** Started processes that wait for their first workspace, while any other one runs. */
  spares: number;
  /** Rest (ms) after which a process is ended. */
  idleMs: number;
  now(): number;
}

/** One process for each workspace that needs one right now. */
export interface Pool {
  /** The workspace's process; null where all are busy with others'. @throws Error where none can be started */
  acquire(ws: string): Promise<Worker | null>;
  /** Starts a process outside the pool (or hands out a spare): for one use, by one who ends it. */
  borrow(): Promise<Worker>;
  /** Ends what has rested or retired; to be called now and then. */
  tidy(): void;
  /** Lets the workspace's next call begin in a new process. */
  retire(worker: Worker): void;
  workers(): { ws: string | null; worker: Worker }[];
  close(): Promise<void>;
}

const REFILL_MS = 300; // the first call, which starts its isolate now, would share the cores with a new spare

/** Starts on demand with spares kept warm, ends what rests, and where there is no room, what has rested longest. */
export function createPool(options: PoolOptions): Pool {
  const { start, assign, onCrash, most, now } = options;
  const assigned = new Map<Worker, string>();
  const current = new Map<string, Promise<Worker>>();
  const spares = new Set<Worker>();
  let starting = 0;
  let closed = false;

  function ended(worker: Worker): void {
    spares.delete(worker);
    const ws = assigned.get(worker);
    assigned.delete(worker);
    if (ws !== undefined && !worker.retiring && !closed) onCrash(worker, ws);
  }

  async function launch(): Promise<Worker> {
    const worker = await start();
    void worker.process.exited.then(() => ended(worker));
    if (closed) worker.process.kill();
    return worker;
  }

  function refill(): void {
    if (closed || spares.size + starting >= options.spares) return;
    starting += 1;
    launch()
      .then((worker) => spares.add(worker))
      .catch(() => undefined) // the next call starts its own, and says why it cannot
      .finally(() => {
        starting -= 1;
      });
  }

  async function borrow(): Promise<Worker> {
    const spare = [...spares].find((worker) => worker.process.alive());
    if (spare) spares.delete(spare);
    const worker = spare ?? (await launch());
    setTimeout(refill, REFILL_MS).unref();
    return worker;
  }

  async function take(ws: string): Promise<Worker> {
    const worker = await borrow();
    assigned.set(worker, ws);
    assign(worker, ws);
    return worker;
  }

  function makeRoom(): boolean {
    if (current.size < most) return true;
    const resting = [...assigned].filter(([worker]) => worker.flights.size === 0 && !worker.retiring);
    const [oldest] = resting.sort(([a], [b]) => a.usedAt - b.usedAt);
    if (!oldest) return false;
    stop(oldest[0]);
    return true;
  }

  function retire(worker: Worker): void {
    worker.retiring = true;
    const ws = assigned.get(worker);
    if (ws !== undefined) current.delete(ws);
  }

  function stop(worker: Worker): void {
    retire(worker);
    worker.process.kill();
  }

  const usable = (worker: Worker) => worker.process.alive() && !worker.retiring && worker.killed() === null;

  return {
    async acquire(ws) {
      for (;;) {
        const known = current.get(ws);
        if (!known) {
          if (!makeRoom()) return null;
          const taken = take(ws);
          current.set(ws, taken);
          taken.catch(() => current.get(ws) === taken && current.delete(ws));
          return taken;
        }
        const worker = await known;
        if (usable(worker)) return worker;
        if (current.get(ws) === known) current.delete(ws);
      }
    },
    borrow,
    tidy() {
      for (const [worker] of assigned) {
        const resting = worker.flights.size === 0;
        if (resting && (worker.retiring || now() - worker.usedAt > options.idleMs)) stop(worker);
      }
      // Where nobody uses functions, none are kept ready.
      if (assigned.size === 0)
        for (const worker of spares) if (now() - worker.usedAt > options.idleMs) worker.process.kill();
    },
    retire,
    workers: () => [
      ...[...assigned].map(([worker, ws]) => ({ ws, worker })),
      ...[...spares].map((worker) => ({ ws: null, worker })),
    ],
    async close() {
      closed = true;
      const all = [...assigned.keys(), ...spares];
      for (const { process } of all) process.kill();
      await Promise.all(all.map(({ process }) => process.exited));
    },
  };
}
