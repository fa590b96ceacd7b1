import { type CallContext, FUNCTION_LIMITS, type FunctionSource, type LogLine, type Policy } from "../contract";
import { deploymentKey, isolateName } from "../deployment-id";
import { createOutbound, type OutboundOptions } from "../egress/outbound";
import { placeholdersOf } from "../egress/placeholders";
import { failed } from "../failure";
import { type Engine, findEngine } from "./binary";
import { dispatch } from "./dispatch";
import { createGate } from "./gate";
import { createLogRings, type LogListener } from "./log-rings";
import { createPool } from "./pool";
import { detectGuard, type Protection } from "./protections";
import { createQuarantine } from "./quarantine";
import { openRunFolder } from "./run-folder";
import { type SmokeResult, smokeTest } from "./smoke";
import { createTenant } from "./tenant";
import { watchWorker } from "./worker";
import { startProcess } from "./workerd-process";

/** What the operator and the product decide. Sizes in MiB, times in ms. */
export interface RuntimeOptions extends OutboundOptions {
  source: FunctionSource;
  /** Placeholders are made with it; the same on every node, or their isolates would not agree. */
  placeholderKey: CryptoKey;
  /** Text of the built host worker (`dist/functions/host-local.js`). */
  host: string;
  /** Workspaces that may have a process at the same time. */
  processes?: number;
  spares?: number;
  idleMs?: number;
  /** JavaScript heap of each isolate. */
  heapMb?: number;
  /** Private memory of each process; below 600 workerd may not start. */
  dataMb?: number;
  /** Resident memory of each process, beyond which it is ended. */
  residentMb?: number;
  /** Isolates of a process after which the next call begins in a new one: they stay for its life. */
  isolates?: number;
  /** Where the folder with the sockets may be. */
  runBase?: string;
}

/** Runs hosted functions on this machine. */
export interface Runtime {
  available(): { ok: true } | { ok: false; reason: string };
  protections(): Protection[];
  /** One call of one function; never rejects. A failure of ours is a JSON-RPC error under its HTTP status. */
  call(context: CallContext, request: Request): Promise<Response>;
  /** Tries a bundle in a process of its own, before it becomes a deployment. */
  smokeTest(code: string, policy: Policy): Promise<SmokeResult>;
  /** The last lines that a deployment printed. */
  logs(of: { ws: string; ins: string; dep: string }): LogLine[];
  /** Its lines as they come; returns the way to stop. */
  watch(of: { ws: string; ins: string; dep: string }, listener: LogListener): () => void;
  /** Until when (Unix time in ms) a deployment is paused after crashes, or null. */
  pausedUntil(of: { ws: string; ins: string; dep: string }): number | null;
  release(of: { ws: string; ins: string; dep: string }): void;
  processes(): { ws: string | null; pid: number; calls: number; residentBytes: number | null }[];
  close(): Promise<void>;
}

const DEFAULTS = {
  processes: 64,
  spares: 1,
  idleMs: 60_000,
  heapMb: 128,
  dataMb: 880,
  residentMb: 1_024,
  isolates: 40,
};
const TICK_MS = 250;
const WEIGH_MS = 100;
const MOST_POLICIES = 1_000;

/** Brings the runtime up; no process starts before the first call. */
export function createRuntime(given: RuntimeOptions): Runtime {
  const options = { ...DEFAULTS, ...given };
  const engine = findEngine();
  return engine.ok ? runningOn(engine.path, options) : withoutEngine(engine);
}

function withoutEngine(engine: Extract<Engine, { ok: false }>): Runtime {
  return {
    available: () => engine,
    protections: () => [],
    call: async (_context, request) => failed("engine_unavailable", await request.text()),
    smokeTest: async () => ({ ok: false, code: "engine_unavailable", detail: engine.reason }),
    logs: () => [],
    watch: () => () => undefined,
    pausedUntil: () => null,
    release: () => undefined,
    processes: () => [],
    close: async () => undefined,
  };
}

function runningOn(binary: string, options: RuntimeOptions & typeof DEFAULTS): Runtime {
  const { source, placeholderKey } = options;
  const guard = detectGuard(binary);
  const folder = openRunFolder(options.runBase);
  const outbound = createOutbound(options);
  const quarantine = createQuarantine();
  const rings = createLogRings();
  const gate = createGate(FUNCTION_LIMITS.waiting);
  const policies = new Map<string, { policy: Policy; placeholders: string[] }>();
  const system = (key: string, text: string) => rings.add(key, [{ at: Date.now(), level: "system", text }]);

  const pool = createPool({
    async start() {
      const dataKb = options.dataMb * 1_024;
      const { host, heapMb } = options;
      const process = await startProcess({ binary, guard, folder, outbound, host, heapMb, dataKb });
      return watchWorker(process, options.residentMb * 2 ** 20);
    },
    assign(worker, ws) {
      worker.process.tenant = createTenant(ws, source, placeholderKey, (id, lines) =>
        rings.add(deploymentKey(id), lines),
      );
      worker.usedAt = Date.now();
    },
    onCrash(worker) {
      const suspects = worker.suspects();
      void worker.process.exited.then((words) => {
        const heap = /Last few GCs|out of memory/i.test(words) ? "ran out of memory" : "ended";
        for (const key of new Set(suspects)) system(key, `the process ${worker.killed() ?? heap}`);
      });
      for (const key of quarantine.blame(suspects)) system(key, "paused: its process ended twice");
    },
    most: options.processes,
    spares: options.spares,
    idleMs: options.idleMs,
    now: Date.now,
  });

  const workers = () => pool.workers().map(({ worker }) => worker);
  const timers = [
    setInterval(() => {
      for (const worker of workers()) worker.tick();
      for (const worker of workers())
        if ((worker.process.tenant?.isolates() ?? 0) > options.isolates && !worker.retiring) pool.retire(worker);
      pool.tidy();
    }, TICK_MS),
    setInterval(() => {
      for (const worker of workers()) worker.weigh();
    }, WEIGH_MS),
  ];
  for (const timer of timers) timer.unref();
  const killAll = () => {
    for (const { process } of workers()) process.kill();
    folder.close();
  };
  process.once("exit", killAll);

  async function known(context: CallContext) {
    const name = isolateName(context);
    const before = policies.get(name);
    if (before) return before;
    const policy = await source.policy(context);
    if (policy === null) return null;
    const placeholders = [...(await placeholdersOf(placeholderKey, context, policy.secrets)).values()];
    if (policies.size >= MOST_POLICIES) policies.clear();
    policies.set(name, { policy, placeholders });
    return { policy, placeholders };
  }

  return {
    available: () => ({ ok: true }),
    protections: () => guard.protections,
    call: (context, request) =>
      dispatch({ pool, gate, known, pausedUntil: (key) => quarantine.pausedUntil(key) }, context, request),
    smokeTest: (code, policy) => smokeTest(pool, placeholderKey, code, policy),
    logs: (of) => rings.last(deploymentKey(of)),
    watch: (of, listener) => rings.watch(deploymentKey(of), listener),
    pausedUntil: (of) => quarantine.pausedUntil(deploymentKey(of)),
    release: (of) => quarantine.release(deploymentKey(of)),
    processes: () =>
      pool.workers().map(({ ws, worker: { process, flights } }) => ({
        ws,
        pid: process.pid,
        calls: flights.size,
        residentBytes: process.residentBytes(),
      })),
    async close() {
      for (const timer of timers) clearInterval(timer);
      process.off("exit", killAll);
      await pool.close();
      await outbound.close();
      folder.close();
    },
  };
}
