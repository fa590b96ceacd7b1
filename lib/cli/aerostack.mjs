#!/usr/bin/env node
import { existsSync } from "node:fs";

const cli = new URL("../../dist/cli.js", import.meta.url);
if (!existsSync(cli)) await (await import("../server/build.mjs")).bundle(["cli"]);
await import(cli.href);
