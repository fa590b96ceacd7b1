import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const TICK_MS = 10; // USER_HZ is 100 on every Linux that Node runs on

function stat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS };
  } catch {
    return null; // gone meanwhile
  }
}

/** CPU time (ms) that a process and all its living descendants have used so far, user and system. */
export function cpuMsOfTree(pid) {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), ...stat(name) }));
  const tree = new Set([pid]);
  for (let size = 0; size !== tree.size; ) {
    size = tree.size;
    for (const one of all) if (tree.has(one.parent)) tree.add(one.pid);
  }
  return all.filter((one) => tree.has(one.pid)).reduce((sum, one) => sum + (one.cpuMs ?? 0), 0);
}

/** Resident memory of a process, bytes. */
export function residentBytes(pid) {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
}

/** The child of a process whose command line holds `part`. @throws where there is none */
export function childOf(pid, part) {
  const child = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((one) => stat(one)?.parent === pid && readFileSync(`/proc/${one}/cmdline`, "utf8").includes(part));
  if (!child) throw new Error(`Process ${pid} has no child ${part}`);
  return child;
}

/** Starts a program; resolves once its output matches `ready`, with the match. Rejects when it ends first. */
export function startUntil(ready, command, args, { env, cwd }) {
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 20_000);
    await exited;
    clearTimeout(timer);
  };
  return new Promise((resolve, reject) => {
    let output = "";
    const look = (chunk) => {
      if (output === null) return;
      output += chunk;
      const match = ready.exec(output);
      if (!match) return;
      output = null;
      resolve({ pid: child.pid, match, stop });
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    exited.then((code) => reject(new Error(`${args[0]} ended with ${code}: ${output}`)));
    setTimeout(() => reject(new Error(`${args[0]} was not ready: ${output}`)), 60_000).unref();
  });
}
