import type { ChildProcess } from "node:child_process";
import type { Log } from "@/lib/log";
import { backOffMs, HEALTHY_MS } from "./back-off";
import { StartError } from "./start-error";

/** A child process of ours: how it is started and how long (ms) it may take to say that it is ready. */
export interface ChildSpec {
  name: string;
  /** `port` is the one it had before, so that whoever connected finds it again; 0 at first. */
  fork(port: number): ChildProcess;
  readyMs: number;
}

/** Keeps one child process alive until it is stopped. */
export interface Supervisor {
  /** Resolves with the child's port once it is ready. @throws StartError where the first start fails */
  start(): Promise<number>;
  /** Asks the child to end, and kills it after `graceMs`. Resolves once it is gone; never starts it again. */
  stop(graceMs: number): Promise<void>;
}

/** What children say to their parent over IPC. */
type ChildMessage = { type: "ready"; port: number } | { type: "failed"; message: string };

const isMessage = (value: unknown): value is ChildMessage =>
  typeof value === "object" && value !== null && "type" in value && (value.type === "ready" || value.type === "failed");

const ended = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** The child's port, or why it gave none. A child that is silent for too long is killed. */
function whenReady(child: ChildProcess, spec: ChildSpec): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    const fail = (why: string) => reject(new StartError(why));
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      fail(`The ${spec.name} did not start within ${spec.readyMs / 1000} s.`);
    }, spec.readyMs);
    child.once("error", () => fail(`The ${spec.name} could not be started.`));
    child.once("exit", () => {
      clearTimeout(timer);
      fail(`The ${spec.name} ended while it started.`);
    });
    child.on("message", (message) => {
      if (!isMessage(message)) return;
      clearTimeout(timer);
      if (message.type === "ready") resolve(message.port);
      else fail(message.message);
    });
  });
}

/**
 * Supervises one child: starts it again with exponential back-off when it ends unasked, on the port it had. The first
 * start is not retried: what fails then (a locked directory, a wrong address) is for the operator to mend.
 */
export function supervise(spec: ChildSpec, log: Log): Supervisor {
  let child: ChildProcess | undefined;
  let port = 0;
  let failures = 0;
  let stopping = false;
  let pause: NodeJS.Timeout | undefined;

  async function launch(): Promise<void> {
    const current = spec.fork(port);
    child = current;
    port = await whenReady(current, spec);
    const readyAt = Date.now();
    current.once("exit", (code, signal) => {
      if (stopping) return;
      if (Date.now() - readyAt > HEALTHY_MS) failures = 0;
      log.error("child.ended", { child: spec.name, exit: code, signal });
      void keepTrying();
    });
  }

  async function keepTrying(): Promise<void> {
    for (;;) {
      failures += 1;
      await new Promise<void>((resolve) => {
        pause = setTimeout(resolve, backOffMs(failures));
      });
      if (stopping) return;
      try {
        await launch();
        log.info("child.restarted", { child: spec.name, failures });
        return;
      } catch (error) {
        log.error("child.restart_failed", {
          child: spec.name,
          failures,
          reason: error instanceof StartError ? error.message : "unknown",
        });
        child?.kill("SIGKILL");
      }
    }
  }

  return {
    async start() {
      try {
        await launch();
      } catch (error) {
        child?.kill("SIGKILL");
        throw error;
      }
      return port;
    },
    async stop(graceMs) {
      stopping = true;
      clearTimeout(pause);
      const current = child;
      if (!current || ended(current)) return;
      const gone = new Promise<void>((resolve) => current.once("exit", () => resolve()));
      current.kill("SIGTERM");
      const timer = setTimeout(() => current.kill("SIGKILL"), graceMs);
      await gone;
      clearTimeout(timer);
    },
  };
}
