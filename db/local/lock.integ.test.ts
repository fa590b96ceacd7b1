import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bundleLock } from "@/lib/testing/database-child";
import { DirectoryInUse, lockDirectory } from "./lock";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "aerostack-lock-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const leave = (owner: object) => writeFile(join(dir, "lock"), JSON.stringify(owner));
const dead = { pid: 2 ** 22 - 7, started: "1", host: hostname(), nonce: "old" };
const lock = () => lockDirectory(dir, () => {});

describe("lockDirectory", () => {
  it("refuses a second owner, by name of the first, and frees on release", async () => {
    const first = await lock();
    await expect(lock()).rejects.toThrow(`database directory ${dir} is in use by process ${process.pid}`);
    await first.release();
    await (await lock()).release();
  });

  it("takes over from a dead process within 5 s", async () => {
    const from = Date.now();
    await leave(dead);
    await (await lock()).release();
    expect(Date.now() - from).toBeLessThan(5_000);
  });

  it("takes over when the pid lives on as another process", async () => {
    await leave({ ...dead, pid: process.pid });
    await (await lock()).release();
  });

  it("takes over a torn lock", async () => {
    await writeFile(join(dir, "lock"), '{"pid":');
    await (await lock()).release();
  });

  it("trusts another host's owner while it shows signs of life", async () => {
    await leave({ ...dead, host: "elsewhere" });
    await expect(lock()).rejects.toThrow(DirectoryInUse);
    await utimes(join(dir, "lock"), new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    await (await lock()).release();
  });

  it("does not remove a lock that is no longer its own", async () => {
    const first = await lock();
    await leave({ ...dead, nonce: "another" });
    await first.release();
    expect(await readFile(join(dir, "lock"), "utf8")).toContain("another");
  });

  it("lets one of many win a stale lock", async () => {
    const program = await bundleLock();
    for (let round = 0; round < 3; round++) {
      await leave(dead);
      const racers = Array.from({ length: 8 }, () =>
        spawn(process.execPath, [program, dir], { stdio: ["pipe", "pipe", "inherit"] }),
      );
      const answers = await Promise.all(
        racers.map(
          (racer) =>
            new Promise<string>((resolve) => racer.stdout.once("data", (data) => resolve(String(data).trim()))),
        ),
      );
      const gone = racers.map((racer) => new Promise((resolve) => racer.once("exit", resolve)));
      for (const racer of racers) racer.stdin.end();
      await Promise.all(gone);
      expect(answers.filter((answer) => answer === "mine")).toHaveLength(1);
      expect(answers.filter((answer) => answer === "DirectoryInUse")).toHaveLength(7);
    }
  }, 60_000);
});
