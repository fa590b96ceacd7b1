#!/usr/bin/env node
/** `npm run conformance`: the official suite against fixture and gateway; see README.md beside this file. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, stop } from "esbuild";
import { install } from "../runner/install.mjs";
import { root } from "../runner/process.mjs";

const cache = join(root, "node_modules/.cache/aerostack-conformance");

/** One file that plain Node runs. */
async function bundle(source, name) {
  const outfile = join(cache, name);
  mkdirSync(dirname(outfile), { recursive: true });
  await build({
    entryPoints: [join(root, source)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    alias: { "@": root },
    // Modules that find the repository by their own place.
    define: {
      "import.meta.dirname": JSON.stringify(join(root, "e2e/support")),
      "import.meta.url": JSON.stringify(pathToFileURL(join(root, "e2e/support/any.ts")).href),
    },
    logLevel: "warning",
  });
  return outfile;
}

if (!existsSync(join(root, "dist/server.js"))) throw new Error("Run `npm run build` first.");
await install(join(root, "e2e/clients"), "the MCP clients of the end-to-end tests", ["--ignore-scripts"]);
const client = "e2e/conformance/upstream-client.ts";
if (existsSync(join(root, client)))
  process.env.AEROSTACK_UPSTREAM_CLIENT = `${process.execPath} ${await bundle(client, "upstream-client.mjs")}`;
const outfile = await bundle("e2e/conformance/main.ts", "main.mjs");
stop();
const { main } = await import(pathToFileURL(outfile).href);
const { passed, faults } = await main(process.argv.slice(2), (line) => console.log(line));
for (const fault of faults) console.log(`✗ ${fault}`);
mkdirSync(join(root, "test-results"), { recursive: true });
writeFileSync(join(root, "test-results/conformance.json"), JSON.stringify({ passed, faults }));
console.log(`${passed} runs, ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);
