import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "./process.mjs";

/**
 * Bundles a TypeScript program of this repository into one file that plain Node runs, and gives back its path.
 * @param {string} source from the repository's root
 * @param {string} place the folder that its modules believe to lie in; some find the repository by their own place
 */
export async function bundle(source, place) {
  const outfile = join(root, "node_modules/.cache/aerostack-programs", source.replace(/\.ts$/, ".mjs"));
  await build({
    entryPoints: [join(root, source)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    alias: { "@": root },
    define: {
      "import.meta.dirname": JSON.stringify(join(root, place)),
      "import.meta.url": JSON.stringify(pathToFileURL(join(root, place, "any.ts")).href),
    },
    logLevel: "warning",
  });
  return outfile;
}
