import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { EgressRecord, LogLine } from "../contract";
import { answerControl } from "../control";
import { importPlaceholderKey } from "../egress/placeholders";
import { type StandIns, startStandIns } from "../egress/testing/stand-ins";
import { parseManifest } from "../manifest";
import { findEngine } from "../runtime/binary";
import { handler } from "../testing/world";

const SECRET = "xoxb-canary-7391-realValue";
const engine = findEngine();
let stand: StandIns;
let control: Server;
let child: ChildProcess;
let folder: string;
let front: string;
const records: EgressRecord[] = [];
const lines: LogLine[] = [];
const asked: string[] = [];
let late = false;

const CODE = handler(`
  const { of } = await request.json();
  console.log("asked", of, env.TOKEN);
  const r = await fetch(of, { headers: { authorization: "Bearer " + env.TOKEN } });
  return new Response(r.status + " " + await r.text());`);
const DEP = createHash("sha256").update(CODE).digest("hex");

/** The Cloudflare build of the host worker, on workerd here: its control side is reached by URL and its egress is inside. */
const config = (controlUrl: string) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "host", worker = .host), (name = "internet", network = (allow = ["public", "private"]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "host")],
);
const host :Workerd.Worker = (
  modules = [(name = "host-cloudflare.js", esModule = embed "host-cloudflare.js")],
  compatibilityDate = "2026-01-01",
  bindings = [
    (name = "LOADER", workerLoader = (id = "functions")),
    (name = "CONTROL_URL", text = "${controlUrl}"), (name = "CONTROL_KEY", text = "control-key"), (name = "BOOT_KEY", text = "boot-key"),
  ],
);`;

beforeAll(async () => {
  stand = await startStandIns();
  const manifest = {
    hosts: [{ host: "localhost", http: true, ports: [stand.boundPort] }],
    secrets: { TOKEN: { hosts: ["localhost"] } },
  };
  const policy = { ...parseManifest(manifest), vars: {} };
  const ports = {
    placeholderKey: await importPlaceholderKey(new Uint8Array(32)),
    onLines: (_id: unknown, more: LogLine[]) => void lines.push(...more),
    source: {
      policy: async () => policy,
      code: async ({ dep }: { dep: string }) => (dep === DEP || late ? CODE : null),
      secret: async () => SECRET,
      record: (record: EgressRecord) => void records.push(record),
    },
  };
  control = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const path = (req.url ?? "").replace("/api/runtime", "");
    asked.push(path);
    const may = ["/load", "/tail", "/policy", "/secret", "/record"] as const;
    const known = req.headers.authorization === "Bearer control-key";
    const answer = await answerControl(ports, path, Buffer.concat(chunks).toString(), known ? may : [], null);
    res.writeHead(answer.status).end(await answer.text());
  });
  await new Promise<void>((resolve) => control.listen(0, "127.0.0.1", resolve));
  folder = await mkdtemp(join(tmpdir(), "aerostack-cf-"));
  await promisify(execFile)(process.execPath, [fileURLToPath(new URL("build.mjs", import.meta.url)), folder]);
  const controlUrl = `http://localhost:${(control.address() as AddressInfo).port}/api/runtime`;
  await writeFile(join(folder, "config.capnp"), config(controlUrl));
  if (!engine.ok) throw new Error(engine.reason);
  const args = ["serve", "--experimental", "--control-fd=3", join(folder, "config.capnp")];
  child = spawn(engine.path, args, { stdio: ["ignore", "ignore", "inherit", "pipe"] });
  const [said] = (await once(child.stdio[3] as Readable, "data")) as [Buffer];
  front = `http://127.0.0.1:${(JSON.parse(String(said)) as { port: number }).port}/mcp`;
});
afterAll(async () => {
  child.kill("SIGKILL");
  control.closeAllConnections();
  control.close();
  await stand.close();
  await rm(folder, { recursive: true });
});

const ask = async (of: string, key = "boot-key", dep = DEP) => {
  const context = { ws: "ws_a", ins: "srv_a", dep, rev: 1, user: "mem_1", call: "call_1" };
  const headers = { "x-rt-key": key, "x-rt-ctx": JSON.stringify(context), "content-type": "application/json" };
  const answer = await fetch(front, { method: "POST", headers, body: JSON.stringify({ id: 1, of }) });
  return `${answer.status} ${await answer.text()}`;
};

test("the secret goes in, its echo comes out scrubbed, the request is on record with its member", async () => {
  expect(await ask(`http://localhost:${stand.boundPort}/echo`)).toBe("200 200 [secret]");
  expect(stand.seen.at(-1)?.headers.authorization).toBe(`Bearer ${SECRET}`);
  await expect
    .poll(() => records.at(-1))
    .toMatchObject({ user: "mem_1", call: "call_1", host: "localhost", path: "/echo", status: 200, verdict: "ok" });
  await expect.poll(() => lines.map((line) => line.text).join()).toMatch(/^asked http:.* \[secret TOKEN\]/);
});

test("a value is asked for once in a while, a policy once", async () => {
  const before = asked.length;
  await ask(`http://localhost:${stand.boundPort}/echo?as=hex`);
  expect(asked.slice(before).filter((path) => path === "/secret" || path === "/policy")).toEqual([]);
});

test("what the policy does not allow is refused and recorded", async () => {
  expect(await ask("https://evil.test/")).toBe('200 403 {"error":"host_not_allowed"}');
  await expect.poll(() => records.at(-1)).toMatchObject({ host: "evil.test", verdict: "host_not_allowed" });
  expect(await ask(`http://localhost:${stand.boundPort}/redirect?to=https://evil.test/`)).toBe(
    '200 403 {"error":"host_not_allowed"}',
  );
});

test("a wrong key and an unknown deployment are refused", async () => {
  expect(await ask("x", "wrong")).toMatch(/^401 /);
  expect(await ask("x", "boot-key", "0".repeat(64))).toMatch(/^404 /);
  late = true;
  expect(await ask(`http://localhost:${stand.boundPort}/echo`, "boot-key", "0".repeat(64))).toMatch(/^200 /);
});
