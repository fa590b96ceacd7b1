import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "aerostack-fn-";
const PID_FILE = "pid";

/** The folder of one manager, with one folder for each process in it. Short: a socket's path has at most 107 bytes. */
export interface RunFolder {
  path: string;
  /** A new folder that only `uid` (null: this user) can open. */
  open(slot: number, uid: number | null): string;
  /** Notes the process, so that a later start finds it if this one dies first. */
  note(slot: number, pid: number): void;
  drop(slot: number): void;
  close(): void;
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** Whether the process still is the one that was started in the folder, and not a later one with its number. */
function runsIn(pid: number, folder: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder);
  } catch {
    return false;
  }
}

/** Ends what managers left behind that ended without notice, and removes their folders. */
function sweep(base: string): void {
  for (const name of readdirSync(base).filter((one) => one.startsWith(PREFIX))) {
    const owner = Number(/-(\d+)-[^-]*$/.exec(name)?.[1]);
    if (!owner || alive(owner)) continue;
    const folder = join(base, name);
    try {
      for (const slot of readdirSync(folder)) endLeftOver(join(folder, slot));
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another user's, or another start sweeps it right now.
    }
  }
}

function endLeftOver(folder: string): void {
  try {
    const pid = Number(readFileSync(join(folder, PID_FILE), "utf8"));
    if (pid > 1 && runsIn(pid, folder)) process.kill(pid, "SIGKILL");
  } catch {
    // It never started, or it is gone.
  }
}

/** @param base where sockets may be; the system's folder for temporary files by default */
export function openRunFolder(base = tmpdir()): RunFolder {
  sweep(base);
  const path = mkdtempSync(join(base, `${PREFIX}${process.pid}-`));
  chmodSync(path, 0o711); // other users pass through, and find nothing to list
  const of = (slot: number) => join(path, String(slot));
  return {
    path,
    open(slot, uid) {
      rmSync(of(slot), { recursive: true, force: true });
      mkdirSync(of(slot), { mode: 0o700 });
      if (uid !== null) chownSync(of(slot), uid, uid);
      return of(slot);
    },
    note: (slot, pid) => writeFileSync(join(of(slot), PID_FILE), String(pid)),
    drop: (slot) => rmSync(of(slot), { recursive: true, force: true }),
    close: () => rmSync(path, { recursive: true, force: true }),
  };
}
