#!/usr/bin/env node
// Charts and call list at 10^5, 10^6 and 10^7 calls on a Postgres 15 of its own: server time of each verb, as the pages
// and the API call it. Prints a table and writes results-scale.md; judges nothing.
//   node e2e/bench/scale.mjs [--sizes 100000,1000000,10000000] [--keep <folder for the cluster> | --cluster <url>] [--runs 20] [--only <name>]
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, stop } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const outfile = join(root, "node_modules/.cache/aerostack-bench/scale.mjs");
mkdirSync(dirname(outfile), { recursive: true });
await build({
  entryPoints: [join(root, "e2e/bench/scale/main.ts")],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  alias: { "@": root },
  // The modules that find the repository by their own place.
  define: { "import.meta.url": JSON.stringify(pathToFileURL(join(root, "lib/testing/any.ts")).href) },
  logLevel: "warning",
});
stop();
const { main } = await import(pathToFileURL(outfile).href);
await main(join(root, "e2e/bench/results-scale.md"));
process.exit(0);
