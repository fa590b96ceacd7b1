import { posix } from "node:path";
import { type BuildFailure, build, type Message, type OnLoadResult, type OnResolveResult, type Plugin } from "esbuild";
import { BUNDLE_OPTIONS } from "./bundle-options";
import { type Problem, type ProblemCode, problem } from "./problem";
import { resolveSource } from "./resolve-source";
import { type Files, SOURCE_LIMITS } from "./source";
import { AUTHORING, vendorGuard } from "./vendor";
import { zodLocales } from "./zod-locales";

const SOURCE = "source";
const LOADERS: Record<string, OnLoadResult["loader"]> = { ".ts": "ts", ".mts": "ts", ".json": "json" };

/** The bundle, or why there is none. */
export type BundleOutcome = { ok: true; code: string } | { ok: false; problems: Problem[] };

/**
 * Bundles source that nobody trusts: its files exist only in memory, and its imports lead to them or to a fixed list of our
 * packages. Runs in a process of its own, see `compiler.ts`.
 * @param root where our `node_modules` and `lib` are
 */
export async function bundleSource(files: Files, entry: string, root: string): Promise<BundleOutcome> {
  try {
    const { outputFiles } = await build({
      ...BUNDLE_OPTIONS,
      absWorkingDir: root,
      entryPoints: [{ in: entry, out: "server" }],
      outdir: "out",
      plugins: [virtualFiles(files, root), zodLocales],
    });
    const [output] = outputFiles;
    if (!output || output.contents.length > SOURCE_LIMITS.bundleBytes)
      return { ok: false, problems: [problem("too_large", "The bundle has more than 10 MiB.")] };
    return { ok: true, code: output.text };
  } catch (error) {
    const errors = (error as Partial<BuildFailure>).errors;
    if (!errors) throw error;
    return { ok: false, problems: errors.slice(0, SOURCE_LIMITS.problems).map(toProblem) };
  }
}

function virtualFiles(files: Files, root: string): Plugin {
  const isVendored = vendorGuard(root);
  const refuse = (text: string): OnResolveResult => ({
    errors: [{ text, detail: "import_refused" satisfies ProblemCode }],
  });
  return {
    name: "virtual-files",
    setup(at) {
      /** Through esbuild's own resolver, starting among our packages, and only to what is vendored. */
      const vendored = async (
        path: string,
        resolveDir: string,
        kind: "import-statement" | "dynamic-import" | "require-call",
      ) => {
        const found = await at.resolve(path, { resolveDir, kind, pluginData: vendored });
        if (found.errors.length > 0 || found.external) return refuse(`${JSON.stringify(path)} is not available here.`);
        if (found.namespace === "file" && !isVendored(found.path))
          return refuse(`${JSON.stringify(path)} is not available here.`);
        return { path: found.path, namespace: found.namespace, sideEffects: found.sideEffects };
      };
      at.onResolve(
        { filter: /.*/ },
        ({ path, importer, namespace, kind, resolveDir, pluginData, with: attributes }) => {
          if (pluginData === vendored) return undefined; // the question that `vendored` itself asks
          if (kind === "entry-point") return { path, namespace: SOURCE };
          if (namespace !== SOURCE)
            return vendored(
              path,
              resolveDir,
              kind === "require-call" || kind === "dynamic-import" ? kind : "import-statement",
            );
          const to = resolveSource(files, importer, path, kind, attributes);
          if (to.kind === "refused") return refuse(to.why);
          if (to.kind === "file") return { path: to.name, namespace: SOURCE };
          const target = to.specifier === "@aerostack/server" ? `./${AUTHORING}/server.ts` : to.specifier;
          return vendored(target, root, "import-statement");
        },
      );
      at.onLoad({ filter: /.*/, namespace: SOURCE }, ({ path }) => ({
        contents: files.get(path) ?? "",
        loader: LOADERS[posix.extname(path)] ?? "js",
      }));
    },
  };
}

/** A place in our own packages is none of the author's business, and no path of this machine leaves here. */
function toProblem({ text, location, detail }: Message): Problem {
  const code: ProblemCode = detail === "import_refused" ? detail : "syntax";
  if (!location?.file.startsWith(`${SOURCE}:`))
    return problem(code, location ? "A package of this product could not be bundled." : text);
  const before = Buffer.from(location.lineText).subarray(0, location.column).toString("utf8"); // esbuild counts bytes
  return { file: location.file.slice(SOURCE.length + 1), line: location.line, column: before.length + 1, text, code };
}
