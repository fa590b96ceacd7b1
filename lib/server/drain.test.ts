import { expect, test } from "vitest";
import { createLog } from "@/lib/log";
import { drain } from "./drain";

test("runs every step in order, past one that fails and one that never ends", async () => {
  const ran: string[] = [];
  const lines: string[] = [];
  const step = (name: string, run: () => unknown) => ({
    name,
    limitMs: 20,
    run() {
      ran.push(name);
      return run();
    },
  });
  await drain(
    [
      step("a", () => undefined),
      step("fails", () => Promise.reject(new Error("secret"))),
      step("hangs", () => new Promise(() => undefined)),
      step("z", () => Promise.resolve()),
    ],
    createLog((line) => lines.push(line)),
  );
  expect(ran).toEqual(["a", "fails", "hangs", "z"]);
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(["drain.failed", "drain.slow"]);
  expect(lines.join()).not.toContain("secret");
});
