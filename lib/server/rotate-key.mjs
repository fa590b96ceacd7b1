#!/usr/bin/env node
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundle } from "./build.mjs";

process.chdir(fileURLToPath(new URL("../..", import.meta.url)));
if (existsSync(".env")) process.loadEnvFile(".env");
// The database's program only where none is there: a running server's is not taken from under it.
await bundle(existsSync("dist/database.js") ? ["rotate-key"] : ["rotate-key", "database"]);
await import(new URL("../../dist/rotate-key.js", import.meta.url).href);
