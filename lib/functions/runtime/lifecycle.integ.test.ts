import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ECHO, handler, type RuntimeWorld, startWorld } from "../testing/world";
import { protectionsLine } from "./protections";

let world: RuntimeWorld;
beforeAll(async () => {
  world = await startWorld({ idleMs: 1_500 });
});
afterAll(() => world.close());

const pidOf = (ws: string) => world.runtime.processes().find((one) => one.ws === ws)?.pid;
const gone = (pid: number) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

test("a call is answered, and nothing runs before the first", async () => {
  expect(world.runtime.available()).toEqual({ ok: true });
  expect(world.runtime.processes()).toEqual([]);
  const echo = world.deploy(ECHO);
  const answer = await world.call(
    echo,
    { jsonrpc: "2.0", id: 7, method: "tools/call", params: { a: 1 } },
    { user: "mem_1" },
  );
  expect(answer).toMatchObject({ status: 200, code: null });
  expect(JSON.parse(answer.text).result.content[0].text).toBe(
    JSON.stringify({ got: { a: 1 }, who: { user: "mem_1", call: "call_1" } }),
  );
});

test("a process is nobody's, alone in its network, and gains no privileges", async () => {
  const pid = pidOf("ws_a") ?? 0;
  const on = Object.fromEntries(world.runtime.protections().map((one) => [one.name, one.on]));
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  if (on["unprivileged user"]) expect(status).toMatch(/^Uid:\s+6\d{4}\s/m);
  if (on["no new privileges"]) expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
  if (on["empty network"]) expect(readFileSync(`/proc/${pid}/net/route`, "utf8").trim().split("\n")).toHaveLength(1);
  if (on["memory limit"]) expect(readFileSync(`/proc/${pid}/limits`, "utf8")).toMatch(/Max data size\s+922746880/);
  expect(protectionsLine(world.runtime.protections())).toMatch(/^functions run with: /);
});

test("what a function throws stays in its log, placeholders hidden", async () => {
  const manifest = { hosts: [{ host: "api.test" }], secrets: { TOKEN: { hosts: ["api.test"] } } };
  const to = world.deploy(handler("console.log('about to', env.TOKEN); throw new Error('bad ' + env.TOKEN)"), manifest);
  const answer = await world.call(to);
  expect(answer).toMatchObject({ status: 500, code: "server_error" });
  expect(answer.text).not.toMatch(/bad|ph_/);
  await sleep(200);
  const lines = world.runtime.logs(to).map((line) => line.text.split("\n")[0]);
  expect(lines).toEqual(["about to [secret TOKEN]", "Error: bad [secret TOKEN]"]);
});

test("a placeholder in an answer is hidden, split or not", async () => {
  const manifest = { hosts: [{ host: "api.test" }], secrets: { TOKEN: { hosts: ["api.test"] } } };
  const whole = await world.call(world.deploy(handler("return new Response('a' + env.TOKEN + 'b')"), manifest));
  expect(whole.text).toBe("a[secret]b");
  const stream = handler(`let n = 0; const t = env.TOKEN;
    return new Response(new ReadableStream({ async pull(c) { await new Promise((r) => setTimeout(r, 5)); const e = new TextEncoder();
      if (n === t.length) return c.close(); c.enqueue(e.encode(t[n++])); } }), { headers: { "content-type": "text/event-stream" } })`);
  expect((await world.call(world.deploy(stream, manifest))).text).toBe("[secret]");
});

test.each([
  ["no Response", "export default { fetch() { return 'text' } }", "server_error"],
  ["a syntax error", "syntax error {", "load_failed"],
  ["an unknown import", "import x from 'left-pad'; export default { fetch() {} }", "load_failed"],
  ["no default export", "export const a = 1", "load_failed"],
  ["a top-level await that never ends", "await new Promise(() => {}); export default { fetch() {} }", "load_failed"],
  ["deep recursion at the start", "const f = () => f() + 1; f(); export default { fetch() {} }", "load_failed"],
  ["a promise that never resolves", handler("await new Promise(() => {})"), "server_error"],
])("%s is answered as a JSON-RPC error", async (_title, code, expected) => {
  const answer = await world.call(world.deploy(code));
  expect(answer).toMatchObject({ status: 500, code: expected });
  expect(JSON.parse(answer.text)).toMatchObject({
    jsonrpc: "2.0",
    id: 1,
    error: { code: -32603, data: { code: expected } },
  });
});

test.each([
  ["a function", "export default async (request) => new Response('fn')", "fn"],
  [
    "an entrypoint class",
    "import { WorkerEntrypoint } from 'cloudflare:workers'; export default class extends WorkerEntrypoint { fetch() { return new Response('class') } }",
    "class",
  ],
])("%s may be the default export", async (_title, code, text) => {
  expect(await world.call(world.deploy(code))).toMatchObject({ status: 200, text });
});

test("a deadline ends a slow call and tells the function", async () => {
  const to = world.deploy(
    handler(
      "request.signal.addEventListener('abort', () => console.log('told')); await new Promise((r) => setTimeout(r, 4000)); return new Response('late')",
    ),
  );
  const answer = await world.call(to, undefined, { timeoutMs: 300 });
  expect(answer).toMatchObject({ status: 504, code: "deadline_exceeded" });
  expect(answer.ms).toBeLessThan(1_500);
  await sleep(300);
  expect(world.runtime.logs(to).map((line) => line.text)).toEqual(["told"]);
});

test("a killed process is replaced by the spare, and a call that may be repeated is", async () => {
  const slow = world.deploy(
    handler(
      "const m = await request.json(); await new Promise((r) => setTimeout(r, 300)); return Response.json({ id: m.id, ok: true })",
    ),
  );
  await world.call(slow);
  const list = world.call(slow, { jsonrpc: "2.0", id: 2, method: "tools/list" });
  const tool = world.call(slow, { jsonrpc: "2.0", id: 3, method: "tools/call" });
  await sleep(100);
  process.kill(pidOf("ws_a") ?? 0, "SIGKILL");
  const killedAt = performance.now();
  const next = await world.call(world.deploy(ECHO), { jsonrpc: "2.0", id: 4, method: "tools/list" });
  expect(next).toMatchObject({ status: 200 });
  expect(performance.now() - killedAt).toBeLessThan(2_000);
  expect(await tool).toMatchObject({ status: 502, code: "runtime_crashed" });
  expect(await list).toMatchObject({ status: 200 });
});

test("workspaces have processes of their own, and one that rests is ended", async () => {
  const other = world.deploy(ECHO, {}, { ws: "ws_b" });
  await world.call(world.deploy(ECHO));
  await world.call(other);
  const [a, b] = [pidOf("ws_a") ?? 0, pidOf("ws_b") ?? 0];
  expect(a).not.toBe(b);
  await expect.poll(() => gone(a) && gone(b), { timeout: 6_000 }).toBe(true);
  expect(await world.call(other)).toMatchObject({ status: 200 });
});

test("an unknown deployment and a method but POST are refused", async () => {
  const unknown = { ws: "ws_a", ins: "srv_a", dep: "0".repeat(64), rev: 1 };
  expect(await world.call(unknown)).toMatchObject({ status: 404, code: "unknown_deployment" });
  const get = await world.runtime.call({ ...unknown, call: "c" }, new Request("http://runtime/mcp"));
  expect(get.status).toBe(405);
});

test("the host's own modules and bindings are not reachable", async () => {
  const to = world.deploy(
    handler("return Response.json([Object.keys(env), typeof process, Object.keys(process.env)])"),
    {},
    {},
    { REGION: "eu" },
  );
  expect((await world.call(to)).text).toBe('[["REGION"],"object",["REGION"]]');
});

test("a source that fails once does not spoil the deployment", async () => {
  let broken = true;
  const flaky = await startWorld({
    spares: 0,
    source: {
      policy: async () => ({ hosts: [], secrets: {}, vars: {}, limits: { deadlineMs: 5_000, concurrency: 4 } }),
      code: async () => {
        if (broken) throw new Error("database down");
        return ECHO;
      },
      secret: async () => null,
      record: () => undefined,
    },
  });
  const to = { ws: "ws_f", ins: "srv_f", dep: "f".repeat(64), rev: 1 };
  expect(await flaky.call(to)).toMatchObject({ status: 500, code: "server_error" });
  broken = false;
  expect(await flaky.call(to)).toMatchObject({ status: 200 });
  await flaky.close();
});
