import type { BuildOptions } from "esbuild";

/** How every function is built, in the editor and on an author's machine: one ES module for workerd. */
export const BUNDLE_OPTIONS = {
  bundle: true,
  write: false,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  mainFields: ["module", "main"],
  conditions: ["workerd", "worker", "browser", "import"], // the MCP SDK picks a validator that needs no eval by them
  define: { "process.env.NODE_ENV": '"production"' },
  minify: true,
  legalComments: "none",
  charset: "utf8",
  sourcemap: false, // also keeps esbuild from following a sourceMappingURL of foreign source
  logLevel: "silent",
  logLimit: 50,
  tsconfigRaw: "{}",
} as const satisfies BuildOptions;
