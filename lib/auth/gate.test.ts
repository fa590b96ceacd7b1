import { expect, test } from "vitest";
import { createGate } from "./gate";

function deferred() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

test("runs `width` jobs, queues the next and refuses the rest", async () => {
  const gate = createGate(2, 1);
  const door = deferred();
  let running = 0;
  let most = 0;
  const job = async () => {
    most = Math.max(most, ++running);
    await door.opened;
    running--;
  };
  const accepted = [gate.run(job), gate.run(job), gate.run(job)];
  await expect(gate.run(job)).rejects.toMatchObject({ code: "rate_limited" });
  door.open();
  await Promise.all(accepted);
  expect(most).toBe(2);
  await expect(gate.run(async () => "free again")).resolves.toBe("free again");
});

test("a failing job frees its place", async () => {
  const gate = createGate(1, 0);
  await expect(gate.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(gate.run(async () => 1)).resolves.toBe(1);
});
