import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where this product is installed: the CLI runs from `dist`, and in tests from its source. */
export function productRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "lib/functions/authoring/server.ts"))) {
    if (folder === dirname(folder)) throw new Error("The installation is not complete.");
    folder = dirname(folder);
  }
  return folder;
}
