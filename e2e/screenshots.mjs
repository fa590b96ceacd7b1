#!/usr/bin/env node
/** `npm run screenshots -- <folder>`: pictures of every page from the build at hand; without a folder `test-results/screenshots`. */
import { join, resolve } from "node:path";
import { browser } from "./runner/install.mjs";
import { root, run } from "./runner/process.mjs";

const folder = process.argv.slice(2).find((argument) => !argument.startsWith("-"));
const env = {
  AEROSTACK_SCREENSHOTS_DIR: folder ? resolve(folder) : join(root, "test-results/screenshots"),
  AEROSTACK_CHROMIUM: (await browser()) ?? "",
};
const args = [
  join(root, "node_modules/playwright/cli.js"),
  ...["test", "-c", "e2e/playwright.config.ts", "--project=dashboard", "e2e/screenshots.e2e.ts"],
];
const { code } = await run("screenshots", process.execPath, args, { env, show: true, limitMs: 16 * 60_000 });
process.exitCode = code === 0 ? 0 : 1;
