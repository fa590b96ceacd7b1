#!/usr/bin/env node
/** `npm run conformance`: the official suite against fixture and gateway; see README.md beside this file. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stop } from "esbuild";
import { bundle } from "../runner/bundle.mjs";
import { install } from "../runner/install.mjs";
import { root } from "../runner/process.mjs";

if (!existsSync(join(root, "dist/server.js"))) throw new Error("Run `npm run build` first.");
await install(join(root, "e2e/clients"), "the MCP clients of the end-to-end tests", ["--ignore-scripts"]);
const place = "e2e/support";
const client = await bundle("e2e/conformance/upstream-client.ts", place);
process.env.AEROSTACK_UPSTREAM_CLIENT = `${process.execPath} ${client}`;
const outfile = await bundle("e2e/conformance/main.ts", place);
stop();
const { main } = await import(pathToFileURL(outfile).href);
const { passed, faults } = await main(process.argv.slice(2), (line) => console.log(line));
for (const fault of faults) console.log(`✗ ${fault}`);
mkdirSync(join(root, "test-results"), { recursive: true });
writeFileSync(join(root, "test-results/conformance.json"), JSON.stringify({ passed, faults }));
console.log(`${passed} runs, ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);
