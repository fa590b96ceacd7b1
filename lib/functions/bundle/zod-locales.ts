import type { Plugin } from "esbuild";

/** Zod's fifty languages are 270 KB of every bundle, and tools speak to models in English. */
export const zodLocales: Plugin = {
  name: "zod-locales",
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
      loader: "js",
    }));
  },
};
