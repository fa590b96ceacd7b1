import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createMasterKeyFile, masterKeyPath, readMasterKeyFile, refuseInside } from "./master-key-file";

let state: string;
let path: string;

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), "aerostack-key-"));
  path = masterKeyPath({ XDG_STATE_HOME: state });
});
afterEach(() => rm(state, { recursive: true }));

test("a new key is for its owner only, and is what is read later", async () => {
  expect(await readMasterKeyFile(path)).toBeNull();
  expect(await createMasterKeyFile(path, () => "first")).toBe("first");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
  expect(await readMasterKeyFile(path)).toBe("first");
});

test("a key that is there is never written over", async () => {
  await createMasterKeyFile(path, () => "first");
  expect(await createMasterKeyFile(path, () => "second")).toBe("first");
  expect(await readFile(path, "utf8")).toBe("first\n");
});

test("refuses a file or folder that others can read, and says how to mend it", async () => {
  await createMasterKeyFile(path, () => "first");
  await chmod(path, 0o640);
  await expect(readMasterKeyFile(path)).rejects.toThrow(`chmod 600 ${path}`);
  await chmod(path, 0o600);
  await chmod(dirname(path), 0o755);
  await expect(readMasterKeyFile(path)).rejects.toThrow(`chmod 700 ${dirname(path)}`);
});

test("refuses an empty file", async () => {
  await createMasterKeyFile(path, () => "first");
  await writeFile(path, "");
  await expect(createMasterKeyFile(path, () => "second")).rejects.toThrow("is empty");
});

test("a place that cannot be written is said so", async () => {
  await writeFile(join(state, "aerostack"), "a file in the way");
  await expect(createMasterKeyFile(path, () => "first")).rejects.toThrow("AEROSTACK_MASTER_KEY");
});

test("refuses a key inside the data directory", () => {
  expect(() => refuseInside("/data/state/aerostack/master.key", "/data")).toThrow("inside the data directory");
  expect(() => refuseInside("/state/aerostack/master.key", "/data")).not.toThrow();
  expect(() => refuseInside("/data-state/master.key", "/data")).not.toThrow();
});

test("a relative XDG_STATE_HOME counts for nothing, as its specification says", () => {
  expect(masterKeyPath({ XDG_STATE_HOME: "state" })).toMatch(/\.local\/state\/aerostack\/master\.key$/);
});
