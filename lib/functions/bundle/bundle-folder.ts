import { existsSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { isAbsolute, join, relative, sep } from "node:path";
import type { BuildFailure, BuildOptions, BuildResult, Plugin } from "esbuild";
import { BUNDLE_OPTIONS } from "./bundle-options";
import { contentAddress } from "./compiler";
import { type Problem, problem } from "./problem";
import { VENDOR_IMPORTS } from "./resolve-source";
import { SOURCE_LIMITS } from "./source";
import { AUTHORING } from "./vendor";
import { zodLocales } from "./zod-locales";

/** Where a folder's function may start, the first that there is. */
const ENTRIES = ["server.ts", "server.mts", "server.js", "server.mjs", "src/server.ts"];

/** A folder's function: the bundle, and the author's own files that went into it. */
export type FolderBuilt =
  | { ok: true; code: string; sha256: string; entry: string; files: Record<string, string> }
  | { ok: false; problems: Problem[] };

/** The folder's entry; null where there is none. */
export const entryOf = (folder: string): string | null =>
  ENTRIES.find((name) => existsSync(join(folder, name))) ?? null;

/**
 * How an author's own folder is bundled on their own machine: with their npm packages, by esbuild's own resolver. Never for
 * source of others. What we ship is found even before `npm install`.
 * @param root where our `node_modules` and `lib` are
 */
export function folderOptions(folder: string, entry: string, root: string): BuildOptions {
  return {
    ...BUNDLE_OPTIONS,
    absWorkingDir: folder,
    entryPoints: [{ in: `./${entry}`, out: "server" }],
    outdir: "out",
    metafile: true,
    plugins: [shipped(root), zodLocales],
  };
}

function shipped(root: string): Plugin {
  return {
    name: "shipped",
    setup(build) {
      build.onResolve({ filter: /^@aerostack\/server$/ }, () => ({ path: join(root, AUTHORING, "server.ts") }));
      build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
        if (pluginData === shipped) return undefined;
        if (/^(?:node|cloudflare):/.test(path)) return { path, external: true };
        if (builtinModules.includes(path)) return { path: `node:${path}`, external: true }; // workerd knows them by that name
        if (!VENDOR_IMPORTS.includes(path)) return undefined;
        const theirs = await build.resolve(path, { kind, resolveDir, pluginData: shipped });
        return theirs.errors.length === 0
          ? theirs
          : build.resolve(path, { kind, resolveDir: root, pluginData: shipped });
      });
    },
  };
}

/** Bundles once. */
export async function bundleFolder(folder: string, root: string): Promise<FolderBuilt> {
  const entry = entryOf(folder);
  if (entry === null)
    return {
      ok: false,
      problems: [problem("no_entry", `There is no ${ENTRIES.slice(0, 3).join(", ")} in this folder.`)],
    };
  const { build } = await import("esbuild");
  try {
    return toBuilt(folder, entry, await build(folderOptions(folder, entry, root)));
  } catch (error) {
    return { ok: false, problems: problemsOf(error) };
  }
}

/** The outcome of a build with `folderOptions`. */
export function toBuilt(folder: string, entry: string, { outputFiles, metafile }: BuildResult): FolderBuilt {
  const code = outputFiles?.[0]?.text ?? "";
  if (Buffer.byteLength(code) > SOURCE_LIMITS.bundleBytes)
    return { ok: false, problems: [problem("too_large", "The bundle has more than 10 MiB.")] };
  const own = Object.keys(metafile?.inputs ?? {}).filter((path) => {
    const inside = relative(folder, join(folder, path));
    return (
      !inside.startsWith("..") &&
      !isAbsolute(path) &&
      !inside.split(sep).includes("node_modules") &&
      !path.includes(":")
    );
  });
  const files = Object.fromEntries(own.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
  return { ok: true, code, sha256: contentAddress(code), entry, files };
}

/** What esbuild found; anything else is thrown on. */
export function problemsOf(error: unknown): Problem[] {
  const errors = (error as Partial<BuildFailure>).errors;
  if (!errors) throw error;
  return errors.map(({ text, location }) => ({
    file: location?.file ?? "",
    line: location?.line ?? 0,
    column: location ? location.column + 1 : 0,
    text,
    code: /resolve/.test(text) ? "import_refused" : "syntax",
  }));
}
