import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { findNpm, isInstalled } from "../../lib/server/stale.mjs";
import { root, run, say } from "./process.mjs";

function npmScript() {
  const found = findNpm();
  if (!found) throw new Error("npm was not found beside Node. Run `npm ci` here, then again.");
  return found;
}

/** Installs a folder's lock file, only where something of it is missing. @throws where npm fails */
export async function install(folder, what, flags = []) {
  if (isInstalled(folder)) return;
  say(`installing ${what} (once)`);
  const { code, took, output } = await run(
    `installing ${what}`,
    process.execPath,
    [npmScript(), "ci", "--include=dev", "--no-audit", "--no-fund", ...flags],
    { cwd: folder },
  );
  if (code !== 0) throw new Error(`${what} could not be installed:\n${output.slice(-3_000)}`);
  say(`installed ${what} in ${took}`);
}

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const PLACES = ["/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/google/chrome"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** A browser of the machine's; undefined where Playwright has its own, null where there is none. */
function findChromium() {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...PLACES];
  const found = folders
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .concat(MAC)
    .find(existsSync);
  if (found) return found;
  const browsers = JSON.parse(readFileSync(join(root, "node_modules/playwright-core/browsers.json"), "utf8")).browsers;
  const revision = browsers.find(({ name }) => name === "chromium-headless-shell").revision;
  const cache =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    join(homedir(), process.platform === "darwin" ? "Library/Caches/ms-playwright" : ".cache/ms-playwright");
  const own = existsSync(cache) && readdirSync(cache).some((name) => name.endsWith(`-${revision}`));
  return own ? undefined : null;
}

/** The path of a Chromium to drive, or undefined for Playwright's own. Installs one where there is none. @throws with what to do */
export async function browser() {
  const found = findChromium();
  if (found !== null) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    say("installing Chromium from Debian's packages (once)");
    await run("updating package lists", "apt-get", ["update", "-q"]);
    await run("installing Chromium", "apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], {
      env: { DEBIAN_FRONTEND: "noninteractive" },
    });
    const installed = findChromium();
    if (installed !== null) return installed;
  }
  say("installing Playwright's Chromium (once)");
  const withDeps = process.getuid?.() === 0 ? ["--with-deps"] : [];
  const { code, output } = await run("installing Chromium", process.execPath, [
    join(root, "node_modules/playwright/cli.js"),
    "install",
    ...withDeps,
    "chromium",
  ]);
  if (code !== 0)
    throw new Error(`No browser could be installed; install Chromium and run again.\n${output.slice(-2_000)}`);
  return undefined;
}

const SOFFICE = ["/usr/bin/soffice", "/usr/bin/libreoffice", "/opt/libreoffice/program/soffice"];
const findOffice = () => SOFFICE.find(existsSync);

/** The path of a LibreOffice that opens exports, or null where none can be had. Some 20 s and 200 MB where it is installed here. */
export async function office() {
  const found = findOffice();
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return null;
  say("installing LibreOffice Calc from Debian's packages (once)");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const calc = ["install", "-y", "-q", "--no-install-recommends", "libreoffice-calc-nogui"];
  const { code } = await run("installing LibreOffice", "apt-get", calc, { env, limitMs: 180_000 });
  if (code !== 0) {
    await run("updating package lists", "apt-get", ["update", "-q"], { limitMs: 60_000 });
    await run("installing LibreOffice", "apt-get", calc, { env, limitMs: 180_000 });
  }
  return findOffice() ?? null;
}

const NGINX = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"];

/** Whether there is an nginx to put before several nodes; a second or two where Debian's is installed here. */
export async function nginx() {
  if (NGINX.some(existsSync)) return true;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  say("installing nginx from Debian's packages (once)");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const light = ["install", "-y", "-q", "--no-install-recommends", "nginx-light"];
  const { code } = await run("installing nginx", "apt-get", light, { env, limitMs: 60_000 });
  if (code !== 0) {
    await run("updating package lists", "apt-get", ["update", "-q"], { limitMs: 60_000 });
    await run("installing nginx", "apt-get", light, { env, limitMs: 60_000 });
  }
  return NGINX.some(existsSync);
}

/** Whether a real Postgres can be started for the integration tests. */
export function hasPostgres() {
  const folders = [
    ...(process.env.PATH ?? "").split(delimiter),
    ...["15", "16", "17", "18"].map((version) => `/usr/lib/postgresql/${version}/bin`),
  ];
  return folders.some((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
}
