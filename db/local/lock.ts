import { mkdir, open, readFile, rm, rmdir, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

/** The owner shows every 2 s that it lives; from another host (a shared volume) that is all we can see of it. */
const HEARTBEAT_MS = 2_000;
const FOREIGN_STALE_MS = 15_000;
/** A take-over lasts milliseconds; a guard older than this was left by a process that died in it. */
const GUARD_STALE_MS = 3_000;

const Owner = z.object({ pid: z.number(), started: z.string().nullable(), host: z.string(), nonce: z.string() });
type Owner = z.infer<typeof Owner>;

/** Thrown where another live process owns the directory; the message is for the operator. */
export class DirectoryInUse extends Error {
  override readonly name = "DirectoryInUse";
}

export interface DirectoryLock {
  release(): Promise<void>;
}

/**
 * Takes the only right to open the database in `dir`. PGlite has no lock of its own, and two openers lose rows.
 * The lock of a dead process (pid gone, or reused as its start time shows) is taken over at once.
 * @param onLost called when the lock file was taken away from us: the caller must stop writing at once
 * @throws DirectoryInUse
 */
export async function lockDirectory(dir: string, onLost: () => void): Promise<DirectoryLock> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, "lock");
  const me: Owner = {
    pid: process.pid,
    started: await startOf(process.pid),
    host: hostname(),
    nonce: crypto.randomUUID(),
  };
  while (!(await create(path, me))) {
    const owner = await read(path);
    if (owner && (await isAlive(owner, path))) throw inUse(dir, owner);
    await takeOver(path, dir);
  }
  const beat = setInterval(async () => {
    const owner = await read(path);
    if (owner?.nonce !== me.nonce) onLost();
    else await utimes(path, new Date(), new Date()).catch(() => {});
  }, HEARTBEAT_MS).unref();
  return {
    async release() {
      clearInterval(beat);
      if ((await read(path))?.nonce === me.nonce) await rm(path, { force: true });
    },
  };
}

const inUse = (dir: string, owner: Owner) =>
  new DirectoryInUse(
    `database directory ${dir} is in use by process ${owner.pid}${owner.host === hostname() ? "" : ` on ${owner.host}`}. ` +
      "Stop that process, or choose another directory with AEROSTACK_DATA_DIR.",
  );

/** False where the file exists already. */
async function create(path: string, me: Owner): Promise<boolean> {
  try {
    const file = await open(path, "wx", 0o600);
    await file.writeFile(JSON.stringify(me));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Null where there is none, or a torn one (its writer died between creating and writing, or is just about to write). */
async function read(path: string): Promise<Owner | null> {
  try {
    return Owner.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return null;
  }
}

/** Removes a stale lock. One process at a time, behind a guard, so that nobody removes the fresh lock of a quicker one. */
async function takeOver(path: string, dir: string): Promise<void> {
  const guard = `${path}.takeover`;
  try {
    await mkdir(guard);
  } catch {
    if ((await ageOf(guard)) > GUARD_STALE_MS) await rmdir(guard).catch(() => {});
    await sleep(50);
    return;
  }
  try {
    const owner = await read(path);
    if (owner && (await isAlive(owner, path))) throw inUse(dir, owner);
    if (!owner) {
      const age = await ageOf(path);
      // Gone already: what lies there in a moment is the fresh lock of a quicker one.
      if (age === Number.POSITIVE_INFINITY) return;
      if (age < 1_000) return void (await sleep(200));
    }
    await rm(path, { force: true });
  } finally {
    await rmdir(guard).catch(() => {});
  }
}

async function isAlive(owner: Owner, path: string): Promise<boolean> {
  if (owner.host !== hostname()) return (await ageOf(path)) < FOREIGN_STALE_MS;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const started = await startOf(owner.pid);
  return started === null || owner.started === null || started === owner.started;
}

/** ms since the file was touched; endless where it is gone. */
const ageOf = async (path: string): Promise<number> => {
  const found = await stat(path).catch(() => null);
  return found ? Date.now() - found.mtimeMs : Number.POSITIVE_INFINITY;
};

/** When a process started (clock ticks since boot), so that a reused pid is told apart; null where /proc does not tell. */
async function startOf(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  return text === null ? null : (text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? null);
}
