import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context, stop } from "esbuild";
import { bundleHost } from "../functions/worker/build.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
/** What runs outside Next, and from where: `dist/<name>.js`. */
const ENTRIES = {
  server: "lib/server/main.ts",
  database: "db/local/main.ts",
  cli: "lib/cli/main.ts",
  compiler: "lib/functions/bundle/main.ts",
  "rotate-key": "lib/server/rotate-key.ts",
};

function options(names) {
  return {
    absWorkingDir: root,
    entryPoints: Object.fromEntries(names.map((name) => [name, ENTRIES[name]])),
    outdir: "dist",
    bundle: true,
    splitting: false,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    alias: { "@": "." },
    inject: names.includes("server") ? ["lib/server/light-response.ts"] : [],
    logLevel: "warning",
  };
}

/**
 * Bundles our own code for Node into `dist`, packages left out, and the host worker of functions into `dist/functions`; a
 * fraction of a second. @throws where the code does not compile
 */
export async function bundle(names = Object.keys(ENTRIES)) {
  await build(options(names.filter((name) => existsSync(join(root, ENTRIES[name])))));
  await bundleHost(join(root, "dist/functions"));
  await stop(); // its helper process would stay beside the server
}

/** Bundles, and again at each change; `onBuilt(ok)` after each. Returns the way to stop. */
export async function watch(names, onBuilt) {
  const report = { name: "report", setup: (at) => at.onEnd((result) => onBuilt(result.errors.length === 0)) };
  const watching = await context({ ...options(names), logLevel: "info", plugins: [report] });
  await watching.watch();
  return () => watching.dispose();
}
