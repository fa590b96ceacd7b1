import type { ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLog } from "@/lib/log";
import { StartError } from "./start-error";
import { supervise } from "./supervisor";

/** A child that does what the test says. */
class FakeChild extends EventEmitter {
  exitCode: number | null = null;
  signalCode: string | null = null;
  signals: string[] = [];
  kill(signal: string): boolean {
    this.signals.push(signal);
    return true;
  }
  ready(port: number): void {
    this.emit("message", { type: "ready", port });
  }
  end(code: number): void {
    this.exitCode = code;
    this.emit("exit", code, null);
  }
}

function world() {
  const forked: { child: FakeChild; port: number }[] = [];
  const supervisor = supervise(
    {
      name: "database",
      readyMs: 5_000,
      fork(port) {
        const child = new FakeChild();
        forked.push({ child, port });
        return child as EventEmitter as ChildProcess;
      },
    },
    createLog(() => undefined),
  );
  const at = (index: number) => forked[index]?.child as FakeChild;
  return { supervisor, forked, at };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] }));
afterEach(() => void vi.useRealTimers());

test("starts with any port and again with the one it had, each time after a longer wait", async () => {
  const { supervisor, forked, at } = world();
  const started = supervisor.start();
  at(0).ready(4711);
  expect(await started).toBe(4711);
  at(0).end(1);
  await vi.advanceTimersByTimeAsync(199);
  expect(forked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(forked.map(({ port }) => port)).toEqual([0, 4711]);
  at(1).end(1); // before it was ready
  await vi.advanceTimersByTimeAsync(399);
  expect(forked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(forked).toHaveLength(3);
});

test("after a minute in health the first wait is short again", async () => {
  const { supervisor, forked, at } = world();
  const started = supervisor.start();
  at(0).ready(1);
  await started;
  at(0).end(1);
  await vi.advanceTimersByTimeAsync(200);
  at(1).ready(1);
  await vi.advanceTimersByTimeAsync(61_000);
  at(1).end(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(forked).toHaveLength(3);
});

test("a first start that fails is not repeated and says why", async () => {
  const { supervisor, forked, at } = world();
  const started = supervisor.start();
  at(0).emit("message", { type: "failed", message: "The directory is in use." });
  await expect(started).rejects.toThrow(new StartError("The directory is in use."));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(forked).toHaveLength(1);
});

test("a silent child is killed", async () => {
  const { supervisor, at } = world();
  const started = expect(supervisor.start()).rejects.toThrow("within 5 s");
  await vi.advanceTimersByTimeAsync(5_000);
  await started;
  expect(at(0).signals).toContain("SIGKILL");
});

test("stopping asks first, kills later, and starts nothing again", async () => {
  const { supervisor, forked, at } = world();
  const started = supervisor.start();
  at(0).ready(1);
  await started;
  const stopped = supervisor.stop(1_000);
  expect(at(0).signals).toEqual(["SIGTERM"]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(at(0).signals).toEqual(["SIGTERM", "SIGKILL"]);
  at(0).end(137);
  await stopped;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(forked).toHaveLength(1);
});
