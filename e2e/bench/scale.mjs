#!/usr/bin/env node
// Charts and call list at 10^5, 10^6 and 10^7 calls on a Postgres 15 of its own: server time of each verb, as the pages
// and the API call it. Prints a table and writes results-scale.md; judges nothing.
//   node e2e/bench/scale.mjs [--sizes 100000,1000000,10000000] [--keep <folder for the cluster> | --cluster <url>] [--runs 20] [--only <name>]
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stop } from "esbuild";
import { bundle } from "../runner/bundle.mjs";
import { root } from "../runner/process.mjs";

const outfile = await bundle("e2e/bench/scale/main.ts", "lib/testing");
stop();
const { main } = await import(pathToFileURL(outfile).href);
await main(join(root, "e2e/bench/results-scale.md"));
process.exit(0);
