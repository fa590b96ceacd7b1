#!/usr/bin/env node
/** `npm start`, `npm run dev`, `npm run build`: plain JavaScript on Node alone, because it runs before anything is installed. */
import { spawn } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtHash, findNpm, isInstalled, sourceHash } from "./stale.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const mode = process.argv[2] ?? "";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

class Stop extends Error {}
const say = (text) => console.log(`aerostack  ${text}`);

/** Runs one step with its output shown, and a sign of life where it is silent for long. */
function run(what, args, env = {}) {
  const startedAt = Date.now();
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  const pulse = setInterval(() => say(`… ${what}, ${seconds()}`), 15_000);
  let child;
  const stop = () => {
    child.kill("SIGTERM");
    process.exit(1);
  };
  for (const signal of SIGNALS) process.once(signal, stop);
  return new Promise((resolve, reject) => {
    child = spawn(process.execPath, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve(seconds()) : reject(new Stop(`${what} failed`))));
  }).finally(() => {
    clearInterval(pulse);
    for (const signal of SIGNALS) process.off(signal, stop);
  });
}

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Stop(
    `Aerostack needs Node 20.19 or later and this is ${process.versions.node}. Get one at https://nodejs.org.`,
  );
}

function npmScript() {
  const found = findNpm();
  if (!found) throw new Stop("npm was not found beside Node. Run `npm ci --include=dev` here, then start again.");
  return found;
}

async function install() {
  if (isInstalled(root, { production: process.env.NODE_ENV === "production" })) return;
  say("installing what package-lock.json asks for (once, a minute or so)");
  const took = await run("installing", [npmScript(), "ci", "--include=dev", "--no-audit", "--no-fund"]).catch(
    (error) => {
      throw error instanceof Stop
        ? new Stop("The installation failed; npm's reason stands above. Once it is mended, start again.")
        : error;
    },
  );
  say(`installed in ${took}`);
}

async function build() {
  const hash = sourceHash(root);
  if (builtHash(root) === hash) return;
  say("building (only when sources changed, about half a minute)");
  rmSync(join(root, "dist/built"), { force: true });
  try {
    const { bundle } = await import("./build.mjs");
    await bundle();
    const took = await run("building", ["node_modules/next/dist/bin/next", "build"], { NODE_ENV: "production" });
    writeFileSync(join(root, "dist/built"), hash);
    say(`built in ${took}`);
  } catch (error) {
    if (!(error instanceof Stop) && !Array.isArray(error.errors)) throw error;
    throw new Stop("The build failed; the reason stands above. Nothing was started. Mend it and start again.");
  }
}

/** The same server with Next's reload; our own code restarts at each change. */
async function develop() {
  const { bundle, watch } = await import("./build.mjs");
  await bundle(["compiler"]); // and the host worker; both change seldom
  let child;
  let leaving = false;
  const start = () => {
    child = spawn(process.execPath, ["dist/server.js"], {
      cwd: root,
      stdio: ["inherit", "inherit", "inherit", "ipc"], // the server ends when this channel closes
      env: { ...process.env, NODE_ENV: "development" },
      detached: true, // Ctrl-C reaches this process only, which then asks the server to drain
    });
    child.once("exit", (code) => (leaving || code ? process.exit(code ?? 0) : start()));
  };
  const stopWatching = await watch(["server", "database"], (ok) => {
    if (!ok || leaving) return;
    if (child) say("our server changed, restarting");
    child ? child.kill("SIGINT") : start();
  });
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      leaving = true;
      void stopWatching();
      child?.kill("SIGINT");
    });
  }
}

/** A signal to `npm start` ends npm and its shell, but is not handed on: when they are gone, we end in order too. */
function followNpm() {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 500);
  watch.unref();
}

try {
  requireNode();
  followNpm();
  process.chdir(root);
  if (existsSync(".env")) process.loadEnvFile(".env");
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  await install();
  if (mode === "--dev") await develop();
  else {
    await build();
    process.env.NODE_ENV = "production";
    if (mode !== "--build") await import(new URL("../../dist/server.js", import.meta.url).href);
  }
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  console.error(`\naerostack  ${error.message}`);
  process.exit(1);
}
