import { realpathSync } from "node:fs";
import { join, sep } from "node:path";

/** Packages that vendored imports are made of. Nothing else of our disk gets into a bundle or before the type checker. */
const VENDOR_PACKAGES = [
  "zod",
  "@cfworker/json-schema",
  "@modelcontextprotocol/sdk",
  "@modelcontextprotocol/server",
  "@modelcontextprotocol/core",
  "ajv",
  "ajv-formats",
  "fast-deep-equal",
  "fast-uri",
  "json-schema-traverse",
  "require-from-string",
  "zod-to-json-schema",
  "content-type",
];

/** Where `@aerostack/server` is, below the root of this product. */
export const AUTHORING = "lib/functions/authoring";

/** Says of a path on our disk whether it is vendored. Links are followed first, so none leads elsewhere. */
export function vendorGuard(root: string): (path: string) => boolean {
  const allowed = [AUTHORING, ...VENDOR_PACKAGES.map((name) => `node_modules/${name}`)].flatMap((below) => {
    try {
      return [realpathSync(join(root, below)) + sep];
    } catch {
      return []; // an optional one that is not installed
    }
  });
  return (path) => {
    try {
      const real = realpathSync(path);
      return allowed.some((folder) => real.startsWith(folder));
    } catch {
      return false;
    }
  };
}
