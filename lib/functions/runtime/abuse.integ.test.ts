import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type StandIns, startStandIns } from "../egress/testing/stand-ins";
import { type Deployed, ECHO, handler, type RuntimeWorld, startWorld } from "../testing/world";

let stand: StandIns;
let world: RuntimeWorld;
let victim: Deployed;

beforeAll(async () => {
  stand = await startStandIns();
  world = await startWorld({ spares: 2, standIns: { "api.test": stand.bound } });
  victim = world.deploy(ECHO, {}, { ws: "ws_victim" });
  await world.call(victim);
});
afterAll(async () => {
  await world.close();
  await stand.close();
});

/** 200 calls of another workspace, 20 at a time, while the attack runs; how many failed. */
async function victims(): Promise<number> {
  let failures = 0;
  for (let round = 0; round < 10; round++) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.call(victim)));
    failures += answers.filter(({ status }) => status !== 200).length;
    await sleep(100);
  }
  return failures;
}

const LIST = { jsonrpc: "2.0", id: 1, method: "tools/call" };
let attackers = 0;
const attacker = (code: string, manifest: unknown = {}) =>
  world.deploy(code, manifest, { ws: `ws_attacker_${++attackers}` });

/** Attacks that take the whole process with them. */
const KILLERS: [string, string][] = [
  ["a loop", handler("for (;;) {}")],
  ["a catastrophic pattern", handler("return new Response(String(/^(a+)+$/.test('a'.repeat(40) + '!')))")],
  ["a loop of microtasks", handler("for (;;) await null")],
  ["a loop at the start", `for (;;) {} ${handler("return new Response('x')")}`],
  ["a heap bomb", handler("const a = []; for (;;) a.push(new Array(1e6).fill(1))")],
  ["a heap of strings", handler("const a = []; for (let i = 0; ; i++) a.push({ i, s: 'x' + i })")],
];

test.each(KILLERS)(
  "%s ends one process, harms nobody else, and is paused",
  async (_title, code) => {
    const to = attacker(code);
    const attack = world.call(to, LIST);
    expect(await victims()).toBe(0);
    const first = await attack;
    expect(first).toMatchObject({ status: 502, code: "runtime_crashed" });
    const second = await world.call(to, LIST);
    expect(second.code).toBe("runtime_crashed");
    const third = await world.call(to, LIST);
    expect(third).toMatchObject({ status: 503, code: "quarantined" });
    expect(third.ms).toBeLessThan(100);
    expect(
      world.runtime
        .logs(to)
        .map((line) => line.text)
        .join("\n"),
    ).toMatch(/did not answer|memory|ended/);
    world.runtime.release(to);
    expect(world.runtime.pausedUntil(to)).toBeNull();
  },
  60_000,
);

/** Attacks that have to come to nothing inside a process that goes on. */
const HARMLESS: [string, string, RegExp][] = [
  [
    "an ArrayBuffer bomb",
    handler(
      "const a = []; try { for (;;) a.push(new Uint8Array(64e6).fill(1)) } catch (e) { return new Response(e.name + ' after ' + a.length) }",
    ),
    /RangeError|runtime_crashed/,
  ],
  [
    "Atomics.wait",
    handler(
      "try { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60000); return new Response('waited') } catch (e) { return new Response(e.name) }",
    ),
    /TypeError/,
  ],
  [
    "a million timers",
    handler(
      "let n = 0; try { for (; n < 1e6; n++) setTimeout(() => {}, 60000) } catch (e) { return new Response(e.name + n) } return new Response('all')",
    ),
    /Quota|Error/,
  ],
  ["process.exit", handler("process.exit(3)"), /server_error|crashed/],
  ["a rejection nobody handles", handler("Promise.reject(new Error('x')); return new Response('fine')"), /fine/],
  ["an answer of 100 MB", handler("return new Response('a'.repeat(1e8))"), /answer_too_large|server_error|crashed/],
  ["an answer beyond the cap", handler("return new Response('a'.repeat(2e6))"), /answer_too_large/],
  ["an answer of 1 GB", handler("return new Response('a'.repeat(1e9))"), /server_error|answer_too_large|crashed/],
  ["a string beyond the end", handler("let s = 'a'; for (;;) s += s"), /server_error|crashed/],
  ["an invalid status", handler("return new Response('x', { status: 199 })"), /server_error/],
];

test.each(HARMLESS)(
  "%s comes to nothing",
  async (_title, code, expected) => {
    const to = attacker(code);
    const [answer, failures] = await Promise.all([world.call(to, LIST), victims()]);
    expect(failures).toBe(0);
    expect(answer.text).toMatch(expected);
  },
  60_000,
);

test("a flood of logs is cut, for the ring and for who watches", async () => {
  const to = attacker(handler("for (let i = 0; i < 5000; i++) console.log(i); return new Response('ok')"));
  const watched: string[] = [];
  const stop = world.runtime.watch(to, (line) => watched.push(line.text));
  const [, failures] = await Promise.all([world.call(to, LIST), victims()]);
  expect(failures).toBe(0);
  await expect.poll(() => watched.length).toBeGreaterThan(0);
  stop();
  expect(world.runtime.logs(to).length).toBeLessThan(300);
  expect(watched.at(-1)).toMatch(/dropped/);
}, 60_000);

test("a stream that never ends is cut at the deadline, one that floods at the cap", async () => {
  const stream = (enqueue: string) =>
    handler(
      `return new Response(new ReadableStream({ async pull(c) { ${enqueue} } }), { headers: { "content-type": "text/event-stream" } })`,
    );
  const slow = attacker(
    stream("await new Promise((r) => setTimeout(r, 100)); c.enqueue(new TextEncoder().encode('data: x\\n\\n'))"),
  );
  const endless = await world.call(slow, LIST, { timeoutMs: 1_000 });
  expect(endless.text).toMatch(/cut|data: x/);
  expect(endless.ms).toBeLessThan(3_000);
  const flood = await world.call(attacker(stream("c.enqueue(new Uint8Array(65536).fill(97))")), LIST, {
    timeoutMs: 5_000,
  });
  expect(flood.text).toMatch(/^cut/);
});

test("a spin with timers ends at the deadline", async () => {
  const to = attacker(handler("while (true) await new Promise((r) => setTimeout(r, 0))"));
  const [answer, failures] = await Promise.all([world.call(to, LIST, { timeoutMs: 1_000 }), victims()]);
  expect(failures).toBe(0);
  expect(answer).toMatchObject({ status: 504, code: "deadline_exceeded" });
}, 60_000);

test("a loop after the answer is found, and its deployment is blamed", async () => {
  const to = attacker(
    handler(
      "ctx.waitUntil((async () => { await new Promise((r) => setTimeout(r, 50)); for (;;) {} })()); return new Response('ok')",
    ),
  );
  for (let round = 0; round < 2; round++) {
    expect((await world.call(to, LIST)).status).toBe(200);
    await expect.poll(() => world.runtime.processes().some((one) => one.ws === to.ws), { timeout: 10_000 }).toBe(false);
  }
  expect(world.runtime.pausedUntil(to)).not.toBeNull();
}, 60_000);

test("an innocent neighbour in the same workspace is not paused with the culprit", async () => {
  const bad = attacker(handler("for (;;) {}"));
  const good = world.deploy(ECHO, {}, { ws: bad.ws });
  await world.call(good);
  for (let round = 0; round < 2; round++) {
    const attack = world.call(bad, LIST);
    await sleep(600);
    const during = world.call(good, LIST);
    await Promise.all([attack, during]);
  }
  expect(world.runtime.pausedUntil(bad)).not.toBeNull();
  expect(world.runtime.pausedUntil(good)).toBeNull();
  expect((await world.call(good, LIST)).status).toBe(200);
}, 60_000);

test("globals of one workspace are never another's, nor another deployment's", async () => {
  const count = handler("globalThis.x = (globalThis.x || 0) + 1; return new Response(String(globalThis.x))");
  const mine = world.deploy(count, {}, { ws: "ws_one" });
  expect([(await world.call(mine)).text, (await world.call(mine)).text]).toEqual(["1", "2"]);
  expect((await world.call(world.deploy(count, {}, { ws: "ws_two" }))).text).toBe("1");
  expect((await world.call(world.deploy(count, {}, { ws: "ws_one", ins: "srv_b" }))).text).toBe("1");
});

test("a thousand requests out at once stay twenty", async () => {
  const code =
    "const all = await Promise.all(Array.from({ length: 1000 }, () => fetch('https://api.test/echo').then(async (r) => { await r.text(); return r.status }))); return Response.json([...new Set(all)])";
  const to = attacker(handler(code), { hosts: [{ host: "api.test" }] });
  const [answer, failures] = await Promise.all([world.call(to, LIST), victims()]);
  expect(failures).toBe(0);
  for (const status of JSON.parse(answer.text) as number[]) expect([200, 429]).toContain(status);
}, 60_000);
