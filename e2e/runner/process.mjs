import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * Runs a program to its end. Its output is kept, not shown, unless `show`; every 20 s a line says that it still runs.
 * @returns exit code and output; the code is null where it could not be started or was ended after `limitMs`
 */
export function run(what, command, args, { env = {}, cwd = root, show = false, limitMs = 15 * 60_000 } = {}) {
  const startedAt = Date.now();
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, FORCE_COLOR: "0", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const pulse = setInterval(() => say(`… ${what}, ${seconds(startedAt)}`), 20_000);
    const limit = setTimeout(() => child.kill("SIGTERM"), limitMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
        if (show) process.stdout.write(chunk);
      });
    }
    const end = (code) => {
      clearInterval(pulse);
      clearTimeout(limit);
      resolve({ code, output, took: seconds(startedAt) });
    };
    child.once("error", (error) => {
      output += error.message;
      end(null);
    });
    child.once("close", end);
  });
}

/** One line of progress. */
export const say = (text) => console.log(`test  ${text}`);

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(0)} s`;
