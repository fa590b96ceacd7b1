import { hkdfSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createEgressWriter } from "@/db/egress-writer";
import type { Query } from "@/db/query";
import type { MasterKeys } from "@/lib/crypto/master-keys";
import { ownHosts } from "@/lib/egress/own-hosts";
import { createUndiciTransport } from "@/lib/egress/undici-transport";
import type { Env } from "@/lib/env";
import { createCompiler } from "@/lib/functions/bundle/compiler";
import { deploymentKey } from "@/lib/functions/deployment-id";
import { importPlaceholderKey } from "@/lib/functions/egress/placeholders";
import { startFront } from "@/lib/functions/runtime/front";
import { createLogRings } from "@/lib/functions/runtime/log-rings";
import { protectionsLine } from "@/lib/functions/runtime/protections";
import { createRuntime } from "@/lib/functions/runtime/runtime";
import { templateSource } from "@/lib/functions/templates/catalogue";
import type { FunctionsPort } from "@/lib/gateway/ports";
import type { Log } from "@/lib/log";
import type { Db, FunctionEngine } from "@/lib/services/context";
import { controlEndpoint } from "./control-endpoint";
import { createFunctionSource } from "./function-source";
import type { Listener } from "./http-server";
import { inProcessTransport } from "./in-process-transport";
import { livePrivateRanges } from "./private-ranges";
import { remoteCall } from "./remote-call";
import { StartError } from "./start-error";

/** Hosted functions as this process offers them. */
export interface Functions {
  engine: FunctionEngine;
  /** How the gateway reaches them: on this lane in the process, on the edge lane by URL and key. */
  port: FunctionsPort;
  /** For a host worker elsewhere; null where none may ask. */
  control: Listener | null;
  /** What stands round them, or why there are none; for the banner. */
  line: string;
  close(): Promise<void>;
}

/**
 * Brings hosted functions up: no process of theirs starts before the first call. Where the operator names a host worker
 * elsewhere, calls go there; trials and bundles are still made here.
 */
export async function composeFunctions(parts: {
  env: Env;
  db: Db;
  query: Query;
  masterKeys: MasterKeys;
  /** Text of the master keys, the current one first. */
  masterKeyText: string;
  root: string;
  /** Text of the built host worker. */
  host: string;
  /** Of this server. */
  port: number;
  log: Log;
}): Promise<Functions> {
  const { env, db, query, masterKeys, root, host, log } = parts;
  const writer = createEgressWriter(query, log);
  const source = createFunctionSource({ query, masterKeys, record: writer.record, log });
  const placeholderKey = await placeholderKeyOf(parts.masterKeyText);
  const allowed = await livePrivateRanges(db, env.allowPrivateUpstreams, log);
  let own = ownHosts(env.publicUrl, parts.port);
  const urls = () => ({ allowPrivate: allowed(), ownHosts: own });
  const runtime = createRuntime({ source, placeholderKey, host, urls });
  const key = randomBytes(32).toString("base64url");
  const front = await startFront(runtime, key);
  own = [...own, ...ownHosts(null, Number(new URL(front.url).port))]; // no function calls the front
  const elsewhere = createLogRings();
  const compiler = createCompiler({ program: join(root, "dist/compiler.js"), root });
  const remote = env.runtime;
  const away = remote && dial(remote.url);
  const available = runtime.available();

  return {
    engine: {
      ...runtime,
      call: remote ? (context, request) => remoteCall(remote, context, request) : runtime.call,
      logs: remote ? (of) => elsewhere.last(deploymentKey(of)) : runtime.logs,
      watch: remote ? (of, listener) => elsewhere.watch(deploymentKey(of), listener) : runtime.watch,
      ...compiler,
      templateSource: (id) => templateSource(root, id),
    },
    port:
      remote && away ? { ...remote, transport: away } : { url: front.url, key, transport: inProcessTransport(runtime) },
    control: controlEndpoint(env.runtimeControlKey, {
      source,
      placeholderKey,
      onLines: (id, lines) => elsewhere.add(deploymentKey(id), lines),
    }),
    line: remote
      ? `run at ${remote.url}`
      : available.ok
        ? protectionsLine(runtime.protections()).replace(/^functions /, "")
        : available.reason,
    async close() {
      await front.close();
      await Promise.all([runtime.close(), away?.close()]);
      await writer.flush();
    },
  };
}

/** Dials a host worker elsewhere; the operator named its address, so it may be private. */
function dial(url: string): ReturnType<typeof createUndiciTransport> {
  const policy = { allowPrivate: [new URL(url).host], ownHosts: [] };
  return createUndiciTransport(() => policy);
}

/** From the oldest key that is listed, as the cookies' secret: all nodes agree while a key is being replaced. */
function placeholderKeyOf(masterKeyText: string): Promise<CryptoKey> {
  const oldest = Buffer.from(masterKeyText.split(",").at(-1) ?? "", "base64");
  return importPlaceholderKey(new Uint8Array(hkdfSync("sha256", oldest, "", "function placeholders", 32)));
}

/** Text of the built host worker. @throws StartError where the build is not whole */
export function readHostWorker(root: string): string {
  const path = join(root, "dist/functions/host-local.js");
  if (!existsSync(path)) throw new StartError("The build is not whole. Run `npm run build`, then start again.");
  return readFileSync(path, "utf8");
}
