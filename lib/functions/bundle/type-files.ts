import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileSystem } from "typescript/unstable/fs";
import { authoringDeclarations } from "./declarations";
import type { Files } from "./source";
import { vendorGuard } from "./vendor";

/** Where the author's files seem to be. */
export const SOURCE_ROOT = "/source";
const PACKAGES = "/source/node_modules/";
const DECLARATIONS = "/types/server.d.ts";
const CONFIG = "/source/tsconfig.json";

const OPTIONS = {
  strict: true,
  noEmit: true,
  target: "es2023",
  lib: ["es2023", "webworker"], // fetch and its kin, and no page
  module: "esnext",
  moduleResolution: "bundler",
  customConditions: ["workerd", "worker"],
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  allowJs: true,
  skipLibCheck: true,
  types: [],
  paths: { "@aerostack/server": [DECLARATIONS] },
};

/**
 * The only disk that the type checker has: the author's files, our declarations, TypeScript's own libraries and the
 * declarations of vendored packages. Whatever else is asked for is not there, so no error text can quote it.
 */
export function typeFiles(files: Files, entry: string, root: string): FileSystem & { config: string } {
  const isVendored = vendorGuard(root);
  const libraries = join(dirname(fileURLToPath(import.meta.resolve(nativePackage()))), "lib") + sep;
  const memory = new Map([...files].map(([name, text]) => [`${SOURCE_ROOT}/${name}`, text]));
  memory.set(CONFIG, JSON.stringify({ compilerOptions: OPTIONS, files: [entry] }));
  memory.set(DECLARATIONS, authoringDeclarations(root));
  const folders = new Set([...memory.keys()].flatMap(parents));
  /** The place on our disk of a vendored package's declaration or manifest; null for anything else. */
  const onDisk = (path: string): string | null => {
    if (!path.startsWith(PACKAGES)) return null;
    const real = join(root, "node_modules", path.slice(PACKAGES.length));
    return isVendored(real) ? real : null;
  };
  return {
    config: CONFIG,
    readFile(path) {
      if (path.startsWith(libraries) && /^lib(?:\.[a-z0-9_]+)*\.d\.ts$/.test(path.slice(libraries.length)))
        return undefined;
      const inMemory = memory.get(path);
      if (inMemory !== undefined) return inMemory;
      const real = onDisk(path);
      return real && /(?:\.d\.[mc]?ts|package\.json)$/.test(path) && isKind(real, "file")
        ? readFileSync(real, "utf8")
        : null;
    },
    fileExists(path) {
      if (memory.has(path)) return true;
      const real = onDisk(path);
      return real !== null && isKind(real, "file");
    },
    directoryExists(path) {
      if (folders.has(path) || path === PACKAGES.slice(0, -1)) return true;
      if (/^\/source\/node_modules\/@[a-z]+$/.test(path)) return true;
      const real = onDisk(`${path}/package.json`) ?? onDisk(path);
      return real !== null && isKind(real.replace(/[\\/]package\.json$/, ""), "folder");
    },
    getAccessibleEntries(path) {
      const real = onDisk(path);
      if (real === null || !isKind(real, "folder")) return { files: [], directories: [] };
      const entries = readdirSync(real, { withFileTypes: true });
      return {
        files: entries.filter((each) => each.isFile()).map((each) => each.name),
        directories: entries.filter((each) => each.isDirectory()).map((each) => each.name),
      };
    },
    realpath: (path) => path,
  };
}

/** The package with TypeScript's program for this machine, named as TypeScript names it. */
const nativePackage = () => `@typescript/typescript-${process.platform}-${process.arch}/package.json`;

function isKind(path: string, kind: "file" | "folder"): boolean {
  try {
    const stat = lstatSync(path);
    return kind === "file" ? stat.isFile() : stat.isDirectory();
  } catch {
    return false;
  }
}

function parents(path: string): string[] {
  const parts = path.split("/").slice(1, -1);
  return parts.map((_, at) => `/${parts.slice(0, at + 1).join("/")}`);
}
