import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Folders that a build reads. `public` is served as it lies there, so a new picture costs no build. */
const SOURCES = ["app", "components", "db", "lib"];
const ROOT_FILES = /^(?:next\.config\.ts|postcss\.config\.\w+|proxy\.ts|package-lock\.json|tsconfig\.json)$/;
const UNBUILT = /\.test\.tsx?$|\.md$|\.tsbuildinfo$/;

function* filesBelow(root, folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(root, path);
    else if (!UNBUILT.test(entry.name)) yield path;
  }
}

/** SHA-256 over names and contents of everything that a build reads, hex. Tests and texts do not count. */
export function sourceHash(root) {
  const hash = createHash("sha256");
  const files = readdirSync(root).filter((name) => ROOT_FILES.test(name));
  for (const folder of SOURCES) if (existsSync(join(root, folder))) files.push(...filesBelow(root, folder));
  for (const file of files.sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  return hash.digest("hex");
}

/** The hash of the last good build, or "" where a part of it is gone. Lies in `dist`, so both vanish together. */
export function builtHash(root) {
  const parts = [
    "dist/server.js",
    "dist/database.js",
    "dist/cli.js",
    "dist/compiler.js",
    "dist/functions/host-local.js",
    ".next/BUILD_ID",
  ];
  const whole = parts.every((part) => existsSync(join(root, part)));
  return whole && existsSync(join(root, "dist/built")) ? readFileSync(join(root, "dist/built"), "utf8") : "";
}

function lockedPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : {};
}

/**
 * Whether `node_modules` holds what `package-lock.json` asks for. npm writes its own record after a complete
 * install, so an interrupted one, a hand-made one and a changed lock file are all told apart without a stamp of ours.
 */
export function isInstalled(root, { production = false } = {}) {
  const installed = lockedPackages(join(root, "node_modules/.package-lock.json"));
  return Object.entries(lockedPackages(join(root, "package-lock.json"))).every(
    ([path, { version, optional, devOptional, dev, link }]) =>
      path === "" || optional || devOptional || link || (production && dev) || installed[path]?.version === version,
  );
}

/** npm's own script beside this Node, so that neither a shell nor PATH decides which npm it is; undefined where there is none. */
export function findNpm() {
  const beside = [
    process.env.npm_execpath,
    join(dirname(process.execPath), "../lib/node_modules/npm/bin/npm-cli.js"),
    join(dirname(process.execPath), "node_modules/npm/bin/npm-cli.js"),
  ];
  return beside.find((path) => path && /npm-cli\.js$/.test(path) && existsSync(path));
}
