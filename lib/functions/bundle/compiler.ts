import { createHash } from "node:crypto";
import { OPENAPI_LIMITS } from "../openapi/document";
import type { Imported, ImportOptions } from "../openapi/import-openapi";
import type { BundleOutcome } from "./bundle-source";
import { type Problem, problem } from "./problem";
import { runChild } from "./run-child";
import { checkFiles, ENTRY, type Files, SOURCE_LIMITS } from "./source";

/** What the child is asked; JSON on its standard input. */
export type CompilerRequest =
  | { task: "bundle" | "check"; files: [name: string, text: string][]; entry: string; root: string }
  | { task: "openapi"; document: string; options: ImportOptions };

/** What a document offers and becomes, or why it cannot be imported. */
export type OpenapiOutcome = { ok: true; imported: Imported } | { ok: false; message: string };

/** A bundle under its content address, or what is wrong with the source. */
export type Built = { ok: true; code: string; sha256: string; bytes: number } | { ok: false; problems: Problem[] };

/** Makes bundles of foreign source and finds its type errors; neither reads the disk for it, outlives its time or throws. */
export interface Compiler {
  bundle(files: Files, entry?: string): Promise<Built>;
  check(files: Files, entry?: string): Promise<Problem[]>;
  openapi(document: string, options: ImportOptions): Promise<OpenapiOutcome>;
}

/** A bundle's name for ever: SHA-256 of its bytes in lower-case hex. */
export const contentAddress = (code: string): string => createHash("sha256").update(code).digest("hex");

/** How a compiler is set up. */
export interface CompilerOptions {
  /** The bundled `main.ts` of this folder. */
  program: string;
  /** Where our `node_modules` and `lib` are. */
  root: string;
  /** Children at once; more wait. */
  atOnce?: number;
  limits?: { bundleMs: number; checkMs: number; memoryBytes: number };
}

export function createCompiler({ program, root, atOnce = 2, limits = SOURCE_LIMITS }: CompilerOptions): Compiler {
  const turn = turns(atOnce);
  const { bundleMs, checkMs, memoryBytes } = limits;
  const ask = (request: CompilerRequest, ms: number) =>
    turn(() => runChild(program, JSON.stringify(request), { ms, memoryBytes }));
  return {
    async bundle(files, entry = ENTRY) {
      const problems = checkFiles(files, entry);
      if (problems.length > 0) return { ok: false, problems };
      const outcome = await ask({ task: "bundle", files: [...files], entry, root }, bundleMs);
      if (!outcome.ok) return { ok: false, problems: [failure(outcome.why, "bundled", bundleMs)] };
      const built = JSON.parse(outcome.output) as BundleOutcome;
      if (!built.ok) return built;
      return { ...built, sha256: contentAddress(built.code), bytes: Buffer.byteLength(built.code) };
    },
    async check(files, entry = ENTRY) {
      const problems = checkFiles(files, entry);
      if (problems.length > 0) return problems;
      const outcome = await ask({ task: "check", files: [...files], entry, root }, checkMs);
      if (!outcome.ok) return [failure(outcome.why, "type-checked", checkMs)];
      return JSON.parse(outcome.output) as Problem[];
    },
    async openapi(document, options) {
      if (document.length > OPENAPI_LIMITS.json) return { ok: false, message: "The document is too large." };
      const outcome = await ask({ task: "openapi", document, options }, checkMs);
      if (!outcome.ok) return { ok: false, message: "The document could not be read in time. Make it smaller." };
      return JSON.parse(outcome.output) as OpenapiOutcome;
    },
  };
}

function failure(why: "timeout" | "memory" | "unavailable", done: string, ms: number): Problem {
  if (why === "timeout")
    return problem(why, `The source could not be ${done} within ${ms / 1_000} s. Make it simpler.`);
  if (why === "memory")
    return problem(why, `The source could not be ${done} with the memory there is. Make it simpler.`);
  return problem(why, `Source cannot be ${done} on this machine; the server's log says why.`);
}

/** Lets so many run at once; the others wait in order. */
function turns(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
