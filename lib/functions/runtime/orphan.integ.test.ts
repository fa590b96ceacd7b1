import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildHost, ECHO } from "../testing/world";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PROGRAM = `${ROOT}dist/orphan-test-${process.pid}.mjs`;
const SOURCE = `
  import { createRuntime } from "./lib/functions/runtime/runtime";
  import { importPlaceholderKey } from "./lib/functions/egress/placeholders";
  import { parseManifest } from "./lib/functions/manifest";
  process.once("message", async ({ host, code }) => {
    const source = { policy: async () => ({ ...parseManifest({}), vars: {} }), code: async () => code, secret: async () => null, record() {} };
    const runtime = createRuntime({ host, source, placeholderKey: await importPlaceholderKey(new Uint8Array(32)), urls: () => ({ allowPrivate: [], ownHosts: [] }) });
    const call = (ws) => runtime.call({ ws, ins: "srv_a", dep: "0".repeat(64), rev: 1, call: "c" }, new Request("http://r/", { method: "POST", body: '{"id":1,"method":"ping"}' }));
    const statuses = (await Promise.all([call("ws_a"), call("ws_b")])).map((one) => one.status);
    await new Promise((done) => setTimeout(done, 500));
    process.send({ statuses, pids: runtime.processes().map((one) => one.pid) });
  });
  process.on("message", (what) => what === "exit" && process.exit(0));`;

let child: ChildProcess;
beforeAll(async () => {
  await build({
    stdin: { contents: SOURCE, resolveDir: ROOT, loader: "ts" },
    outfile: PROGRAM,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: { "@": "." },
    absWorkingDir: ROOT,
  });
});
afterAll(() => rmSync(PROGRAM, { force: true }));

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function started(): Promise<number[]> {
  child = spawn(process.execPath, [PROGRAM], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  child.send({ host: await buildHost(), code: ECHO });
  const [{ statuses, pids }] = (await once(child, "message")) as [{ statuses: number[]; pids: number[] }];
  expect(statuses).toEqual([200, 200]);
  expect(pids.length).toBeGreaterThanOrEqual(2);
  expect(pids.every(alive)).toBe(true);
  return pids;
}

test.each([
  ["is killed", () => child.kill("SIGKILL")],
  ["leaves without a word", () => child.send("exit")],
])("no process outlives a parent that %s", async (_title, end) => {
  const pids = await started();
  end();
  await once(child, "exit");
  await expect.poll(() => pids.filter(alive), { timeout: 3_000 }).toEqual([]);
});
