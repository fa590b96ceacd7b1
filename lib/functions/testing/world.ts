import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { CallContext, EgressRecord, Policy } from "../contract";
import { importPlaceholderKey } from "../egress/placeholders";
import { parseManifest } from "../manifest";
import { createRuntime, type Runtime, type RuntimeOptions } from "../runtime/runtime";

const BUILD = fileURLToPath(new URL("../worker/build.mjs", import.meta.url));

/** Text of the host worker, built now. */
export async function buildHost(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "aerostack-host-"));
  try {
    await promisify(execFile)(process.execPath, [BUILD, folder]);
    return await readFile(join(folder, "host-local.js"), "utf8");
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** One deployed function of a test. */
export interface Deployed {
  ws: string;
  ins: string;
  dep: string;
  rev: number;
}

/** A runtime whose deployments and secrets are in memory. */
export interface RuntimeWorld {
  runtime: Runtime;
  records: EgressRecord[];
  secrets: Map<string, string>;
  /** Puts a module in place; `manifest` as an author writes it. */
  deploy(code: string, manifest?: unknown, at?: Partial<Deployed>, vars?: Record<string, string>): Deployed;
  /** One request to a function; its text and status. */
  call(
    to: Deployed,
    message?: unknown,
    more?: Partial<CallContext>,
  ): Promise<{ status: number; text: string; code: string | null; ms: number }>;
  close(): Promise<void>;
}

let host: Promise<string> | undefined;

/** Starts a runtime for one test file. */
export async function startWorld(options: Partial<RuntimeOptions> = {}): Promise<RuntimeWorld> {
  host ??= buildHost();
  const deployments = new Map<string, { code: string; policy: Policy }>();
  const records: EgressRecord[] = [];
  const secrets = new Map<string, string>();
  const runtime = createRuntime({
    host: await host,
    placeholderKey: await importPlaceholderKey(new Uint8Array(32).fill(7)),
    urls: () => ({ allowPrivate: [], ownHosts: [] }),
    source: {
      policy: async ({ ws, ins, dep, rev }) => deployments.get([ws, ins, dep, rev].join())?.policy ?? null,
      code: async ({ ws, ins, dep, rev }) => deployments.get([ws, ins, dep, rev].join())?.code ?? null,
      secret: async ({ name }) => secrets.get(name) ?? null,
      record: (record) => void records.push(record),
    },
    ...options,
  });
  let calls = 0;
  return {
    runtime,
    records,
    secrets,
    deploy(code, manifest = {}, at = {}, vars = {}) {
      const dep = createHash("sha256").update(code).digest("hex");
      const id = { ws: "ws_a", ins: "srv_a", dep, rev: 1, ...at };
      const policy = { ...parseManifest(manifest), vars };
      deployments.set([id.ws, id.ins, id.dep, id.rev].join(), { code, policy });
      return id;
    },
    async call(to, message = { jsonrpc: "2.0", id: 1, method: "tools/call" }, more = {}) {
      const request = new Request("http://runtime/mcp", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: typeof message === "string" ? message : JSON.stringify(message),
      });
      const startedAt = performance.now();
      const response = await runtime.call({ ...to, call: `call_${++calls}`, ...more }, request);
      const text = await response.text().catch((error: Error) => `cut: ${error.message}`);
      const ms = performance.now() - startedAt;
      return { status: response.status, text, code: response.headers.get("x-rt-error"), ms };
    },
    close: () => runtime.close(),
  };
}

/** A module whose fetch handler is this body, with `request`, `env` and `ctx`. */
export const handler = (body: string, top = ""): string =>
  `${top}\nexport default { async fetch(request, env, ctx) { ${body} } };`;

/** A function with one tool that says who called, in plain JSON-RPC. */
export const ECHO = handler(`
  const message = await request.json();
  const reply = (result) => Response.json({ jsonrpc: "2.0", id: message.id, result });
  if (message.id === undefined) return new Response(null, { status: 202 });
  if (message.method === "initialize") return reply({ protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo: { name: "echo", version: "1" } });
  if (message.method === "tools/list") return reply({ tools: [{ name: "echo", inputSchema: { type: "object" } }] });
  return reply({ content: [{ type: "text", text: JSON.stringify({ got: message.params ?? null, who: ctx.props }) }] });`);
