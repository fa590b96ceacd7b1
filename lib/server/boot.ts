import { hkdfSync } from "node:crypto";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sweepKeptArguments, sweepUnfinished } from "@/db/call-writer";
import { sweepEgress } from "@/db/egress-writer";
import { migrate } from "@/db/migrate";
import { createDatabase } from "@/db/node";
import { shareFunctionEngine } from "@/lib/auth/function-engine";
import { readOwnListings } from "@/lib/auth/own-listings";
import { shareMasterKeys } from "@/lib/crypto/live-master-keys";
import { localOrigin, ownHosts } from "@/lib/egress/own-hosts";
import type { Env } from "@/lib/env";
import { errorFields, type Log } from "@/lib/log";
import { VERSION } from "@/lib/version";
import { banner } from "./banner";
import { startDatabase } from "./database-child";
import { directLane } from "./direct-lane";
import type { DrainStep } from "./drain";
import { startExports } from "./exports";
import { prepareOwner } from "./first-start";
import { composeFunctions, readHostWorker } from "./functions";
import { composeGateway } from "./gateway";
import { closeServer, createHttpServer, createRouter, listen, type Routes } from "./http-server";
import { startMaintenance } from "./maintenance";
import { loadMasterKey } from "./master-key";
import { masterKeyPath, refuseInside } from "./master-key-file";
import { masterKeySource } from "./master-key-source";
import { startNext } from "./next-app";
import { createReadiness } from "./ready";
import { makePartitions } from "./retention";
import { noteRunningDatabase } from "./running-database";
import { StartError } from "./start-error";

/** Calls that another node left unfinished are looked for this often, in ms. */
const SWEEP_EVERY_MS = 5 * 60_000;

export interface BootOptions {
  env: Env;
  /** The folder that holds `.next`, `dist` and `db/migrations`. */
  root: string;
  dev: boolean;
  log: Log;
  /** Takes each step of the orderly end as soon as there is something to end; a later one runs earlier. */
  onEnd(step: DrainStep): void;
}

/** Brings everything up in order, and says so. @throws StartError */
export async function boot({ env, root, dev, log, onEnd }: BootOptions): Promise<{ routes: Routes }> {
  const startedAt = performance.now();
  await readOwnListings(env.hubCatalog).catch((error: unknown) => {
    throw new StartError(`AEROSTACK_HUB_CATALOG: ${error instanceof Error ? error.message : "it cannot be used"}.`);
  });
  const routes: Routes = { gateway: null, control: null, next: null, readiness: null, draining: false, running: 0 };
  const server = createHttpServer(createRouter(routes, env.trustProxy), log);
  const port = await listen(server, env.port, env.host);

  // Next takes as long to load as the database. Not in development: there it restores the environment as it was when
  // it started, so `publish` has to come first.
  const startApp = () => startNext({ root, dev, host: env.host, port });
  const early = dev ? null : startApp();
  early?.catch(() => undefined); // awaited below, unless the database fails first

  const database = await startDatabase(env, join(root, "dist/database.js"), log);
  if (database.child) onEnd({ name: "database child", limitMs: 6_000, run: () => database.child?.stop(5_000) });
  await migrate(database.url, join(root, "db/migrations")).catch((error: unknown) => {
    throw new StartError(`The database could not be prepared. ${deepestMessage(error)}`);
  });
  if (database.kind === "embedded") {
    const note = await noteRunningDatabase(env.dataDir, database.url);
    onEnd({ name: "database note", limitMs: 500, run: note.clear });
  }
  const { db, query, close } = createDatabase(database.url);
  onEnd({ name: "database", limitMs: 2_000, run: close });

  const keyPath = masterKeyPath(process.env);
  if (database.kind === "embedded" && env.masterKey === null) refuseInside(keyPath, env.dataDir);
  const keySource = masterKeySource(db, env, keyPath);
  const masterKey = await loadMasterKey(db, keySource, (text) => {
    process.env.AEROSTACK_MASTER_KEY = text;
    log.info("master_key.changed");
  });
  shareMasterKeys(masterKey.keys);
  if (keySource.pollMs !== null) {
    const polling = setInterval(() => void masterKey.keys.refresh?.(), keySource.pollMs);
    polling.unref();
    onEnd({ name: "master key", limitMs: 100, run: () => clearInterval(polling) });
  }
  const origin = env.publicUrl ?? localOrigin(env.host, port);
  publish({ databaseUrl: database.url, masterKey: masterKey.text, origin, port });
  await sweepUnfinished(query, { now: Date.now() });
  const sweeping = setInterval(() => {
    const now = Date.now();
    Promise.all([
      sweepUnfinished(query, { now, lookBackMs: 3 * SWEEP_EVERY_MS }),
      sweepKeptArguments(query, now),
      sweepEgress(query, now),
    ]).catch((error: unknown) => log.warn("sweep.failed", errorFields(error)));
  }, SWEEP_EVERY_MS);
  sweeping.unref();
  onEnd({ name: "sweep", limitMs: 100, run: () => clearInterval(sweeping) });

  await makePartitions(query, Date.now()).catch((error: unknown) => log.warn("partitions.failed", errorFields(error)));
  const maintenance = startMaintenance({ db, query, embedded: database.kind === "embedded", log });
  onEnd({ name: "maintenance", limitMs: 2_000, run: maintenance });

  const exports = startExports({ db, masterKeys: masterKey.keys, now: () => new Date(), log });
  onEnd({ name: "exports", limitMs: 2_000, run: () => exports.close() });

  const keys = { masterKeys: masterKey.keys, masterKeyText: masterKey.text };
  const functions = await composeFunctions({ env, db, query, ...keys, root, host: readHostWorker(root), port, log });
  onEnd({ name: "functions", limitMs: 2_000, run: () => functions.close() });
  shareFunctionEngine(functions.engine);
  process.env.RUNTIME_URL ||= functions.port.url; // the edge lane reads them there
  process.env.RUNTIME_KEY ||= functions.port.key;

  const own = ownHosts(env.publicUrl, port);
  const gateway =
    env.gatewayLane === "direct"
      ? composeGateway({
          env,
          query,
          masterKeys: masterKey.keys,
          functions: functions.port,
          ownHosts: own,
          shared: database.kind !== "embedded",
          log,
        })
      : null;
  const setupLink = await prepareOwner({ env, db, masterKeys: masterKey.keys, publicUrl: origin, log });
  const app = await (early ?? startApp());
  if (dev) server.on("upgrade", app.upgrade);
  onEnd({ name: "next", limitMs: 2_000, run: () => app.close() });

  let closed = Promise.resolve();
  onEnd({ name: "connections", limitMs: 100, run: () => server.closeAllConnections() });
  onEnd({ name: "requests", limitMs: 2_000, run: () => closed });
  if (gateway) onEnd({ name: "gateway", limitMs: 5_000, run: () => gateway.close() });
  onEnd({ name: "running calls", limitMs: 7_000, run: () => idle(routes) });
  onEnd({
    name: "accepting",
    limitMs: 100,
    run: () => {
      closed = closeServer(server);
    },
  });

  routes.gateway = gateway ? directLane(gateway, env.trustProxy, log) : null;
  routes.control = functions.control;
  routes.readiness = createReadiness(db, () => masterKey.keys.current.id);
  routes.next = app.handle;
  const facts = {
    version: VERSION,
    startedInMs: performance.now() - startedAt,
    origin,
    lane: env.gatewayLane,
    database: database.kind,
    functions: functions.line,
  };
  const dataDir = relative(process.cwd(), env.dataDir) || env.dataDir;
  process.stdout.write(banner({ ...facts, dataDir, masterKey, setupLink }, process.stdout.isTTY === true));
  return { routes };
}

/** Next's routes and the edge lane read their configuration from the environment, as they do when deployed without this server. */
function publish(facts: { databaseUrl: string; masterKey: string; origin: string; port: number }): void {
  // From the oldest key that is listed: while a key is being replaced, nobody's sign-in ends and all nodes agree.
  const oldest = Buffer.from(facts.masterKey.split(",").at(-1) ?? "", "base64");
  const secret = () => Buffer.from(hkdfSync("sha256", oldest, "", "next-auth", 32)).toString("base64url");
  process.env.DATABASE_URL = facts.databaseUrl;
  process.env.AEROSTACK_MASTER_KEY = facts.masterKey;
  process.env.PORT = String(facts.port);
  process.env.NEXTAUTH_URL ||= facts.origin;
  process.env.NEXTAUTH_SECRET ||= secret();
}

/** What the database itself said; the layers above it quote whole statements. */
function deepestMessage(error: unknown): string {
  if (error instanceof Error) return error.cause instanceof Error ? deepestMessage(error.cause) : error.message;
  return "unknown error";
}

/** Resolves when no call runs any more. Streams do not count: closing the gateway ends them. */
async function idle(routes: Routes): Promise<void> {
  while (routes.running > 0) await sleep(25);
}
