import { randomBytes } from "node:crypto";
import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { type Compiler, createCompiler } from "@/lib/functions/bundle/compiler";
import { SOURCE_LIMITS } from "@/lib/functions/bundle/source";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const CACHE = join(ROOT, "node_modules/.cache/aerostack");

/** The compiler's child program, bundled for this run; kept inside node_modules, so that packages resolve. */
export function compilerProgram(): string {
  mkdirSync(CACHE, { recursive: true });
  const fresh = join(CACHE, `compiler-${randomBytes(4).toString("hex")}.mjs`);
  buildSync({
    entryPoints: [join(ROOT, "lib/functions/bundle/main.ts")],
    outfile: fresh,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    alias: { "@": ROOT },
    logLevel: "warning",
  });
  const path = join(CACHE, "compiler.mjs");
  renameSync(fresh, path);
  return path;
}

/** A compiler like the product's, patient where the machine is busy. */
export const testCompiler = (limits = {}): Compiler =>
  createCompiler({
    program: compilerProgram(),
    root: ROOT,
    limits: { ...SOURCE_LIMITS, bundleMs: 30_000, checkMs: 30_000, ...limits },
  });
