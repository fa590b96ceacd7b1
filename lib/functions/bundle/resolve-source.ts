import { posix } from "node:path";
import type { Files } from "./source";

/** Where an import of the author's source leads. */
export type Resolved =
  | { kind: "file"; name: string }
  | { kind: "vendor"; specifier: string }
  | { kind: "refused"; why: string };

/** What may be imported from npm without shipping it: kept in step with `VENDOR_PACKAGES`. */
export const VENDOR_IMPORTS: readonly string[] = [
  "@aerostack/server",
  "zod",
  "zod/mini",
  "@modelcontextprotocol/sdk/server/mcp.js",
  "@modelcontextprotocol/sdk/server/index.js",
  "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js",
  "@modelcontextprotocol/sdk/types.js",
  "@modelcontextprotocol/server",
];

const SUFFIXES = ["", ".ts", ".mts", ".js", ".mjs", ".json", "/index.ts", "/index.js"];

const refused = (why: string): Resolved => ({ kind: "refused", why });
const shown = (text: string) => JSON.stringify(text.slice(0, 100));

/**
 * Decides about one import of the author's source, by names alone: no disk is asked.
 * @param how as esbuild calls it: `import-statement`, `dynamic-import`, `require-call` and others
 */
export function resolveSource(
  files: Files,
  importer: string,
  specifier: string,
  how: string,
  attributes: Record<string, string> = {},
): Resolved {
  if (how.startsWith("require")) return refused("require is not available here; use import.");
  const extra = Object.entries(attributes).filter(([key, value]) => key !== "type" || value !== "json");
  if (extra.length > 0) return refused(`Import attributes are not supported, except { type: "json" }.`);
  if (VENDOR_IMPORTS.includes(specifier)) return { kind: "vendor", specifier };
  if (specifier.startsWith("./") || specifier.startsWith("../") || specifier === "." || specifier === "..")
    return relative(files, importer, specifier);
  if (specifier.startsWith("/") || /^[A-Za-z]:[\\/]/.test(specifier) || specifier.includes("\\"))
    return refused(`${shown(specifier)} is a path of a machine; import files of the function, as "./name".`);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(specifier)?.[1];
  if (scheme === "node") return refused(`${shown(specifier)} is not available here; use what the Web platform offers.`);
  if (scheme) return refused(`Modules cannot be loaded from ${scheme}: addresses.`);
  return refused(
    `${shown(specifier)} is not available here. There are ${VENDOR_IMPORTS.slice(0, 3).join(", ")} and the MCP SDK; ` +
      "`aerostack deploy` bundles any npm package from your machine.",
  );
}

function relative(files: Files, importer: string, specifier: string): Resolved {
  const path = posix.normalize(posix.join(posix.dirname(importer), specifier));
  if (path === ".." || path.startsWith("../")) return refused(`${shown(specifier)} leads out of the function's files.`);
  const written = path.replace(/\.js$/, ".ts").replace(/\.mjs$/, ".mts"); // TypeScript's habit of naming what will be
  const name = [...SUFFIXES.map((suffix) => path + suffix), written].find((candidate) => files.has(candidate));
  return name === undefined ? refused(`There is no file ${shown(path)}.`) : { kind: "file", name };
}
