import { fileURLToPath } from "node:url";
import { listen } from "./endpoint";
import { engineDir, ensureInitialised, initialise } from "./init";
import { DirectoryInUse, lockDirectory } from "./lock";
import { openPostgres } from "./pg-backend";

/** Entry of the database child process; told what to do by its environment, and answers its parent by IPC. */
const env = process.env;
const dir = env.AEROSTACK_DB_DIR;
const upstream = env.AEROSTACK_DB_UPSTREAM;
/** Who still works then is cut off; what was acknowledged is safe all the same. */
const CLOSE_MS = 8_000;
const IDLE_MS = Number(env.AEROSTACK_DB_IDLE_MS ?? 30_000);

async function openBackend() {
  if (upstream) return { backend: openPostgres(upstream), unlock: async () => {} };
  if (!dir) throw new Error("Neither AEROSTACK_DB_DIR nor AEROSTACK_DB_UPSTREAM is set.");
  // Whatever is left undone then is safe in the log on disk; a second writer would not be.
  const lock = await lockDirectory(dir, () => process.exit(3));
  await ensureInitialised(dir, fileURLToPath(import.meta.url));
  const { openEmbedded } = await import("./pglite-backend");
  return { backend: await openEmbedded(engineDir(dir), IDLE_MS, () => process.exit(4)), unlock: () => lock.release() };
}

async function serve(): Promise<void> {
  const secret = env.AEROSTACK_DB_SECRET;
  if (!secret || secret.length < 16) throw new Error("AEROSTACK_DB_SECRET must have at least 16 characters.");
  // A parent that goes away while we start ends us at once: nothing has been written yet that a restart would miss.
  let end: () => void = () => process.exit(1);
  process.on("disconnect", () => end());
  const { backend, unlock } = await openBackend();
  const endpoint = await listen(backend, secret, Number(env.AEROSTACK_DB_PORT ?? 0));
  const shutDown = async () => {
    process.exitCode = 1;
    setTimeout(() => process.exit(), CLOSE_MS).unref();
    await endpoint.close();
    await backend.close();
    await unlock();
    process.exit(0);
  };
  let ending = false;
  end = () => {
    if (ending) return;
    ending = true;
    shutDown().catch(() => process.exit(1));
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  process.send?.({ type: "ready", port: endpoint.port });
}

async function main(): Promise<void> {
  if (env.AEROSTACK_DB_INIT) {
    process.on("disconnect", () => process.exit(1));
    await initialise(dir ?? "");
    process.exit(0);
  }
  await serve();
}

main().catch((error: unknown) => {
  const known = error instanceof DirectoryInUse || !(error instanceof Error) || !("code" in error);
  const message = known && error instanceof Error ? error.message : "The database did not start.";
  console.error(message);
  if (process.send) process.send({ type: "failed", message }, () => process.exit(1));
  else process.exit(1);
});
