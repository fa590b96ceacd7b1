import { lstat, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { StartError } from "./start-error";

/** Where the master key lies unless AEROSTACK_MASTER_KEY gives it: in the user's state directory, apart from the data it opens. */
export function masterKeyPath(env: Record<string, string | undefined>): string {
  const state = env.XDG_STATE_HOME?.startsWith("/") ? env.XDG_STATE_HOME : join(homedir(), ".local/state");
  return join(state, "aerostack/master.key");
}

const hasCode = (error: unknown, code: string) => error instanceof Error && "code" in error && error.code === code;

/** @throws StartError where the key lies inside the data directory: whoever copies the data would have the key with it */
export function refuseInside(path: string, dataDir: string): void {
  const inside = relative(resolve(dataDir), path);
  if (inside.startsWith("..") || inside.startsWith("/")) return;
  throw new StartError(
    `The master key ${path} lies inside the data directory. Move it out (XDG_STATE_HOME names the folder), so that a copy of the data is of no use alone.`,
  );
}

/** @throws StartError unless only the owner can read the file and its folder */
async function refuseOpenModes(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const [file, folder] = await Promise.all([lstat(path), lstat(dirname(path))]);
  if (!file.isFile()) throw new StartError(`The master key ${path} must be a plain file.`);
  if (file.mode & 0o077) throw new StartError(`The master key ${path} can be read by others. Run: chmod 600 ${path}`);
  if (folder.mode & 0o077)
    throw new StartError(`The folder of the master key is open to others. Run: chmod 700 ${dirname(path)}`);
}

/**
 * The text of the key file, null where there is none.
 * @throws StartError where others can read it or it cannot be read
 */
export async function readMasterKeyFile(path: string): Promise<string | null> {
  try {
    await refuseOpenModes(path);
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    if (error instanceof StartError) throw error;
    if (hasCode(error, "ENOENT")) return null;
    throw new StartError(`The master key ${path} cannot be read. Check that this user owns it.`);
  }
}

/** A half-written replacement older than this (ms) was left by a process that died over it. */
const STALE_MS = 10_000;

/**
 * Replaces the text of the key file in one step: a process that reads meanwhile sees the old text or the new one. Two
 * replacements cannot run at once, so neither loses the other's key.
 * @param change makes the new text from what the file holds at that moment
 * @throws StartError where another replacement runs, or the file cannot be written
 */
export async function replaceMasterKeyFile(path: string, change: (text: string) => string): Promise<string> {
  const next = `${path}.new`;
  const left = await stat(next).catch(() => null);
  if (left && Date.now() - left.mtimeMs > STALE_MS) await rm(next, { force: true });
  const text = await readMasterKeyFile(path);
  if (!text) throw new StartError(`The master key ${path} is missing or empty. Restore it from a backup.`);
  try {
    await writeNew(next, change(text));
  } catch (error) {
    if (hasCode(error, "EEXIST")) throw new StartError("Another key rotation is running. Try again in ten seconds.");
    throw new StartError(`The master key ${path} cannot be written. Run this as the user that owns it.`);
  }
  if ((await readMasterKeyFile(path)) !== text) {
    await rm(next, { force: true });
    throw new StartError("The master key was changed meanwhile by another rotation. Run this again.");
  }
  await rename(next, path);
  await syncFolder(path);
  return change(text);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), "r");
  await folder.sync().finally(() => folder.close());
}

/** @throws the system's error; `EEXIST` where the file is there already */
async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(`${text}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(path);
}

/**
 * Writes a new key, and makes sure it is on the disk before anything is sealed with it. Where another process was
 * faster, its key is returned.
 * @param make gives the text of a new key
 * @throws StartError where the place cannot be written
 */
export async function createMasterKeyFile(path: string, make: () => string): Promise<string> {
  const refuse = () => {
    throw new StartError(
      `The master key ${path} cannot be written. Give the key by AEROSTACK_MASTER_KEY, or another folder by XDG_STATE_HOME.`,
    );
  };
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch(refuse);
  await writeNew(path, make()).catch((error: unknown) => (hasCode(error, "EEXIST") ? undefined : refuse()));
  const text = await readMasterKeyFile(path);
  if (text) return text;
  throw new StartError(
    `The master key ${path} is empty. Remove it if nothing was sealed with it, or restore it from a backup.`,
  );
}
