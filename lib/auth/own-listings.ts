import { readFile } from "node:fs/promises";
import type { Listing } from "@/lib/hub/listing";
import { HubCatalogueError, parseOwnListings } from "@/lib/hub/own-listings";
import { errorFields } from "@/lib/log";

/**
 * Reads the operator's own Hub listings; none where no file is named.
 * @throws HubCatalogueError with what to change, without the file's path or contents
 */
export async function readOwnListings(file: string | null): Promise<Listing[]> {
  if (file === null) return [];
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new HubCatalogueError(`it cannot be read (${errorFields(error).code ?? "error"})`);
  });
  return parseOwnListings(text);
}
