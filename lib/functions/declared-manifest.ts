import { AppError } from "@/lib/errors";
import { type Manifest, parseManifest } from "./manifest";

/** Where a server that is not made by `defineServer` declares what it needs, beside its entry. */
export const MANIFEST_FILE = "aerostack.json";

/**
 * What a function declares: by `defineServer`, under `_meta["aerostack/manifest"]` in its answer to `initialize`, or in
 * `aerostack.json` where it speaks MCP by other means. Both at once would leave open which one holds.
 * @param initialize the result of `initialize` in the smoke test
 * @param file the text of `aerostack.json`, where there is one
 * @throws AppError `invalid`
 */
export function declaredManifest(initialize: unknown, file: string | undefined): Manifest {
  const declared = (initialize as { _meta?: Record<string, unknown> } | null)?._meta?.["aerostack/manifest"];
  if (declared !== undefined && file !== undefined)
    throw new AppError("invalid", `Declare hosts and secrets in defineServer or in ${MANIFEST_FILE}, not in both.`, {
      field: "manifest",
    });
  if (file === undefined) return parseManifest(declared ?? {});
  try {
    return parseManifest(JSON.parse(file));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid", `${MANIFEST_FILE} is no valid JSON.`, { field: "manifest", cause: error });
  }
}
