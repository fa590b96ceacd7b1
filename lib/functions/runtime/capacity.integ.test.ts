import { afterAll, beforeAll, expect, test } from "vitest";
import { ECHO, handler, type RuntimeWorld, startWorld } from "../testing/world";

let world: RuntimeWorld;
beforeAll(async () => {
  world = await startWorld({ processes: 2, isolates: 3, spares: 0 });
});
afterAll(() => world.close());

const names = () =>
  world.runtime
    .processes()
    .map((one) => one.ws)
    .sort();

test("where there is no room, the one that rested longest makes it", async () => {
  for (const ws of ["ws_1", "ws_2", "ws_3"])
    expect((await world.call(world.deploy(ECHO, {}, { ws }))).status).toBe(200);
  await expect.poll(names).toEqual(["ws_2", "ws_3"]);
});

test("where all are busy, a call is refused at once", async () => {
  const slow = handler("await new Promise((r) => setTimeout(r, 1000)); return new Response('x')");
  const busy = ["ws_4", "ws_5"].map((ws) => world.call(world.deploy(slow, {}, { ws })));
  await expect.poll(() => world.runtime.processes().filter((one) => one.calls > 0).length, { timeout: 5_000 }).toBe(2);
  expect(await world.call(world.deploy(ECHO, {}, { ws: "ws_6" }))).toMatchObject({ status: 503, code: "no_capacity" });
  for (const { status } of await Promise.all(busy)) expect(status).toBe(200);
});

test("a process full of isolates is replaced without a failure", async () => {
  const pids = new Set<number>();
  for (let at = 0; at < 12; at++) {
    expect((await world.call(world.deploy(`/* ${at} */ ${ECHO}`, {}, { ws: "ws_7" }))).status).toBe(200);
    for (const { ws, pid } of world.runtime.processes()) if (ws === "ws_7") pids.add(pid);
    await new Promise((resolve) => setTimeout(resolve, 120));
  }
  expect(pids.size).toBeGreaterThan(1);
});

test("one deployment's calls wait their turn, and too many are turned away", async () => {
  const slow = handler("await new Promise((r) => setTimeout(r, 150)); return new Response('x')");
  const to = world.deploy(slow, { limits: { concurrency: 2 } }, { ws: "ws_8" });
  await world.call(to);
  const answers = await Promise.all(Array.from({ length: 6 }, () => world.call(to)));
  expect(answers.every((one) => one.status === 200)).toBe(true);
  expect(Math.max(...answers.map((one) => one.ms))).toBeGreaterThan(400);
  const many = await Promise.all(Array.from({ length: 300 }, () => world.call(to, undefined, { timeoutMs: 1_000 })));
  expect(many.filter((one) => one.code === "too_many_requests").length).toBeGreaterThan(10);
  expect(many.filter((one) => one.code === "deadline_exceeded").length).toBeGreaterThan(10);
});
