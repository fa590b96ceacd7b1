import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { childrenOf, isRunning, type ServerProcess, startServer } from "@/lib/testing/server-process";

const run = promisify(execFile);
let folder: string;
let env: Record<string, string>;
const started: ServerProcess[] = [];

async function start(more: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServer({ ...env, ...more });
  started.push(server);
  return server;
}

const status = (server: ServerProcess, path: string) =>
  fetch(`${server.origin}${path}`, { redirect: "manual" }).then(
    (response) => response.status,
    () => 0,
  );
const until = (check: () => unknown, ms = 20_000) => expect.poll(check, { timeout: ms, interval: 100 });

beforeAll(async () => {
  await run(process.execPath, ["lib/server/start.mjs", "--build"]);
  folder = await mkdtemp(join(tmpdir(), "aerostack-server-"));
  env = { AEROSTACK_DATA_DIR: join(folder, "data"), XDG_STATE_HOME: join(folder, "state"), HOME: folder };
}, 300_000);

afterAll(async () => {
  for (const server of started) if (isRunning(server.pid)) server.kill("SIGKILL");
  await Promise.all(started.map(({ ended }) => ended));
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

describe.runIf(process.platform === "linux")("the server's life", { timeout: 90_000 }, () => {
  let server: ServerProcess;

  test("the first start makes everything and prints a one-time link", async () => {
    server = await start();
    expect(server.output()).toMatch(/http:\/\/127\.0\.0\.1:\d+\/setup\?token=\w{20,}/);
    expect(server.output()).toContain("back it up");
    expect((await stat(join(folder, "data"))).mode & 0o777).toBe(0o700);
    expect(await status(server, "/api/health")).toBe(200);
    expect(await status(server, "/api/ready")).toBe(200);
    expect(await status(server, "/ws/nobody/mcp")).toBe(401);
    expect(await status(server, "/sign-in")).toBeLessThan(400);
  });

  test("a second process on the data directory is refused", async () => {
    const second = await start();
    expect(second.origin).toBeNull();
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/in use by process \d+/);
    expect(await status(server, "/api/ready")).toBe(200);
  });

  test("a killed database child comes back, and the node with it", async () => {
    const [before] = childrenOf(server.pid);
    process.kill(before ?? 0, "SIGKILL");
    await until(() => childrenOf(server.pid).filter((pid) => pid !== before).length).toBe(1);
    expect(await status(server, "/api/health")).toBe(200);
    await sleep(1_100); // readiness is remembered for a second
    await until(() => status(server, "/api/ready")).toBe(200);
  });

  test("SIGTERM: not ready at once, then gone within 30 s with all its children", async () => {
    const children = childrenOf(server.pid);
    const begun = Date.now();
    server.kill("SIGTERM");
    await until(() => status(server, "/api/ready"), 1_500).toBe(503);
    expect(await server.ended).toBe(0);
    expect(Date.now() - begun).toBeLessThan(30_000);
    expect(children.filter(isRunning)).toEqual([]);
    expect(server.output()).not.toMatch(/drain\.(slow|failed)/);
  });

  test("a signal to `npm start` ends the server, though npm does not hand it on", async () => {
    const npm = await startServer(env, ["npm", "start"]);
    started.push(npm);
    expect(await status(npm, "/api/ready")).toBe(200);
    npm.kill("SIGTERM");
    await npm.ended; // its output stays open as long as the server lives
    expect(await status(npm, "/api/health")).toBe(0);
  });

  test("a restart finds everything again; killed outright, it takes its children with it", async () => {
    server = await start();
    expect(server.output()).not.toContain("back it up");
    expect(await status(server, "/api/ready")).toBe(200);
    const children = childrenOf(server.pid);
    expect(children).toHaveLength(1);
    server.kill("SIGKILL");
    await until(() => children.filter(isRunning)).toEqual([]);
  });

  test("a missing key and a wrong key are refused, and nothing is changed", async () => {
    const missing = await start({ XDG_STATE_HOME: join(folder, "elsewhere") });
    expect(await missing.ended).toBe(1);
    expect(missing.output()).toContain("master key of this database is missing");
    const key = randomBytes(32).toString("base64");
    const wrong = await start({ AEROSTACK_MASTER_KEY: key });
    expect(await wrong.ended).toBe(1);
    expect(wrong.output()).toMatch(/sealed with the master key [0-9a-f]{16}/);
    expect(wrong.output()).not.toContain(key);
    server = await start();
    expect(await status(server, "/api/ready")).toBe(200);
    server.kill("SIGINT");
    expect(await server.ended).toBe(0);
  });

  test("killed while it makes the database, it leaves no process behind", async () => {
    const young = spawn(process.execPath, ["dist/server.js"], {
      env: { ...env, PORT: "0", NODE_ENV: "production", AEROSTACK_DATA_DIR: join(folder, "young") },
      stdio: "ignore",
    });
    await until(() => childrenOf(young.pid ?? 0).length).toBe(1);
    const [child] = childrenOf(young.pid ?? 0);
    await until(() => childrenOf(child ?? 0).length).toBe(1);
    const family = [child ?? 0, ...childrenOf(child ?? 0)];
    young.kill("SIGKILL");
    await until(() => family.filter(isRunning)).toEqual([]);
  });

  test("wrong configuration is said line by line", async () => {
    const wrong = await start({ PORT: "x", GATEWAY_LANE: "fast" });
    expect(await wrong.ended).toBe(1);
    expect(wrong.output()).toMatch(/PORT must be.*\n\s+GATEWAY_LANE must be/);
  });
});
