import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";

/** One layer around workerd beside its own isolates, and whether this system allows it. */
export interface Protection {
  name:
    | "unprivileged user"
    | "empty network"
    | "no new privileges"
    | "ends with its parent"
    | "memory limit"
    | "memory watch";
  on: boolean;
  /** How, or why not. */
  why: string;
}

/** How processes are started on this system. */
export interface Guard {
  protections: Protection[];
  /**
   * The command that becomes workerd; `binaryFd` is where the child finds the open binary, since another user may not
   * reach its folder.
   */
  command(uid: number, dataKb: number, binaryFd: number): string[];
  /** Whether a process gets a user of its own. */
  ownUser: boolean;
}

/** systemd's range for users that exist only while a service runs: nobody's files belong to them. */
export const FIRST_UID = 61_184;
export const UIDS = 4_000;

const succeeds = (command: string[], binary?: string): boolean => {
  const fd = binary === undefined ? undefined : openSync(binary, "r");
  const [program = "", ...args] = command;
  const { status } = spawnSync(program, args, {
    stdio: ["ignore", "ignore", "ignore", fd ?? "ignore"],
    timeout: 10_000,
  });
  if (fd !== undefined) closeSync(fd);
  return status === 0;
};

const user = (uid: number) => [`--reuid=${uid}`, `--regid=${uid}`, "--clear-groups"];
/** Core files would hold memory; the data limit bounds buffers, which V8's own limit does not count. */
const limited = (dataKb: number) => ["sh", "-c", 'ulimit -c 0; ulimit -d "$0" && exec "$@"', String(dataKb)];
const NET = [
  ["unshare", "--net", "--"],
  ["unshare", "--map-current-user", "--net", "--"],
];

/** Tries each layer by starting something harmless under it. Takes some 50 ms; for once at start. @param binary workerd's path */
export function detectGuard(binary: string): Guard {
  const linux = process.platform === "linux";
  const net = linux ? NET.find((prefix) => succeeds([...prefix, "true"])) : undefined;
  const setpriv = linux && succeeds(["setpriv", "--no-new-privs", "--pdeathsig", "KILL", "true"]);
  const root = process.geteuid?.() === 0;
  const limits = succeeds([...limited(900_000), "true"]);
  const asUser = ["setpriv", ...user(FIRST_UID), "--no-new-privs", "--pdeathsig", "KILL", "--"];
  const ownUser = root && setpriv && succeeds([...asUser, "/proc/self/fd/3", "--version"], binary);
  const layer = (name: Protection["name"], on: boolean, how: string, why: string): Protection => ({
    name,
    on,
    why: on ? how : why,
  });
  const tool = linux ? "setpriv of util-linux 2.31 or later is missing" : `${process.platform} has no such thing`;
  const protections = [
    layer("unprivileged user", ownUser, `users ${FIRST_UID} and up`, root ? tool : "the server is not started as root"),
    layer(
      "empty network",
      net !== undefined,
      "unshare --net",
      linux ? "the system refuses new network namespaces" : tool,
    ),
    layer("no new privileges", setpriv, "setpriv", tool),
    layer("ends with its parent", setpriv, "pdeathsig", `${tool}; left-overs are ended at the next start`),
    layer("memory limit", limits, "ulimit -d", "ulimit -d is refused"),
    layer("memory watch", existsSync("/proc/self/statm"), "/proc", "there is no /proc"),
  ];
  const command = (uid: number, dataKb: number, binaryFd: number): string[] => [
    ...(net ?? []),
    ...(setpriv ? ["setpriv", ...(ownUser ? user(uid) : []), "--no-new-privs", "--pdeathsig", "KILL", "--"] : []),
    ...(limits ? limited(dataKb) : []),
    linux ? `/proc/self/fd/${binaryFd}` : binary,
  ];
  return { protections, command, ownUser };
}

/** The one line for the banner: what is on, and what is off and why. */
export function protectionsLine(protections: Protection[]): string {
  const on = protections.filter((one) => one.on).map((one) => one.name);
  const off = protections.filter((one) => !one.on).map((one) => `${one.name} (${one.why})`);
  return `functions run with: ${on.join(", ") || "nothing"}${off.length > 0 ? `; without: ${off.join(", ")}` : ""}`;
}
