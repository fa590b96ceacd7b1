import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, stop } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");

const shared = {
  absWorkingDir: root,
  bundle: true,
  format: "esm",
  platform: "neutral",
  mainFields: ["module", "main"],
  conditions: ["workerd", "worker", "browser", "import"],
  target: "es2023",
  alias: { "@": "." },
  external: ["cloudflare:*", "node:*", "server.js", "rt-identity.js"],
  logLevel: "warning",
};

async function textOf(entry) {
  const { outputFiles } = await build({ ...shared, entryPoints: [join(here, entry)], write: false, minify: true });
  return outputFiles[0].text;
}

/**
 * Bundles the host worker into `folder`: `host-local.js` for workerd here and `host-cloudflare.js` for wrangler, each
 * one file with the wrapper's text inside. @throws where the code does not compile
 */
export async function bundleHost(folder) {
  await mkdir(folder, { recursive: true });
  const define = {
    WRAPPER: JSON.stringify(await textOf("wrapper.ts")),
    WRAPPER_IDENTITY: JSON.stringify(await textOf("wrapper-identity.ts")),
  };
  const entryPoints = ["host-local", "host-cloudflare"].map((name) => join(here, `${name}.ts`));
  await build({ ...shared, entryPoints, outdir: folder, define });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundleHost(process.argv[2] ?? join(root, "dist/functions"));
  await stop(); // its helper process would stay
}
