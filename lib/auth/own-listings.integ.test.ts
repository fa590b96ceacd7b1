import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readOwnListings } from "./own-listings";

const written = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), "aerostack-listings-")), "own.json");
  writeFileSync(file, text);
  return file;
};

test("no file, none; a file that is missing, broken or wrong says what is the matter and quotes nothing", async () => {
  expect(await readOwnListings(null)).toEqual([]);
  await expect(readOwnListings("/nowhere/own.json")).rejects.toThrow("it cannot be read (ENOENT)");
  await expect(readOwnListings(written("{"))).rejects.toThrow("it is not JSON");
  const wrong = readOwnListings(written(`[{"slug":"A_secret"}]`));
  await expect(wrong).rejects.toThrow(/0\.slug/);
  await expect(wrong).rejects.not.toThrow(/A_secret/);
});
