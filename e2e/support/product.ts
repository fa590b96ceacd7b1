import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mintToken } from "@/lib/crypto/token";
import { childrenOf, eventually, freePort, type Started, start } from "./process";

export type Lane = "direct" | "edge";

/** The repository; Playwright and vitest both start there. */
export const ROOT = join(import.meta.dirname, "../..");
/** Where logs and screenshots of a run lie. */
export const RESULTS = join(ROOT, "test-results");

export const OWNER = { email: "owner@example.test", password: "correct horse battery" };

/** The product as a person would start it, on a data directory and a port of its own. */
export interface Product {
  readonly lane: Lane;
  readonly origin: string;
  readonly port: number;
  readonly dataDir: string;
  /** API key of the instance owner; empty where the set-up is not unattended. */
  readonly apiKey: string;
  pid(): number;
  /** Everything that it logged since the first start. */
  output(): string;
  /** Id of the database's process. */
  databasePid(): number;
  /** Ends it with `signal` and starts it again on the same data. */
  restart(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** Ends it, lets `work` have its files, and starts it again. */
  pause(work: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  lane: Lane;
  /** False: nobody owns the instance yet, the log shows the one-time link. */
  owner?: boolean;
  env?: Record<string, string>;
  /** A free one unless named. */
  port?: number;
}

/** What a product of ours inherits: nothing that the machine happens to be configured with. */
const bareEnv = () => ({
  NODE_ENV: "production",
  PATH: process.env.PATH,
  HOME: tmpdir(),
  NEXT_TELEMETRY_DISABLED: "1",
});

/** Starts `dist/server.js` and waits until it is ready. */
export async function startProduct({ lane, owner = true, env = {}, ...rest }: Options): Promise<Product> {
  const port = rest.port ?? (await freePort());
  const dataDir = mkdtempSync(join(tmpdir(), "aerostack-e2e-"));
  const apiKey = owner ? (await mintToken("aak")).token : "";
  const settings = {
    ...bareEnv(),
    PORT: String(port),
    AEROSTACK_DATA_DIR: dataDir,
    AEROSTACK_MASTER_KEY: randomBytes(32).toString("base64"),
    AEROSTACK_ALLOW_PRIVATE_UPSTREAMS: "127.0.0.1",
    GATEWAY_LANE: lane,
    ...(owner && {
      AEROSTACK_OWNER_EMAIL: OWNER.email,
      AEROSTACK_OWNER_PASSWORD: OWNER.password,
      AEROSTACK_OWNER_API_KEY: apiKey,
    }),
    ...env,
  };
  const origin = `http://127.0.0.1:${port}`;
  const logFile = join(RESULTS, "logs", `${lane}-${port}.log`);
  let earlier = "";
  let running: Started;

  async function boot(): Promise<void> {
    running = start(process.env.AEROSTACK_E2E_NODE || process.execPath, ["--enable-source-maps", "dist/server.js"], {
      cwd: ROOT,
      env: settings,
      logFile,
    });
    const { exited, output } = running;
    const died = exited.then((code) => Promise.reject(new Error(`It ended with ${code}: ${output().slice(-2_000)}`)));
    const ready = eventually(
      "the product is ready",
      async () => ((await fetch(`${origin}/api/ready`)).ok ? true : null),
      90_000,
      100,
    );
    await Promise.race([ready, died]);
    died.catch(() => undefined); // from here on its end is the test's own doing
  }

  await boot();
  return {
    lane,
    origin,
    port,
    dataDir,
    apiKey,
    pid: () => running.pid,
    output: () => earlier + running.output(),
    databasePid() {
      const child = childrenOf(running.pid).find(({ command }) => command.includes("database.js"));
      if (!child) throw new Error("The product has no database process");
      return child.pid;
    },
    async restart(signal) {
      running.kill(signal);
      await running.exited;
      earlier += running.output();
      await boot();
    },
    async pause(work) {
      running.kill("SIGTERM");
      await running.exited;
      earlier += running.output();
      await work();
      await boot();
    },
    stop: () => running.stop(35_000),
  };
}

/** Liveness, as after each piece of bad input. */
export async function isHealthy(product: Product): Promise<boolean> {
  return (await fetch(`${product.origin}/api/health`)).status === 200;
}
