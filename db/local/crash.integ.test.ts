import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "@neondatabase/serverless";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createEdgeQuery } from "@/db/edge";
import { createDatabase } from "@/db/node";
import { bundleDatabase, copyOfTemplate, startDatabaseChild } from "@/lib/testing/database-child";

/** These concern the embedded database alone, whichever the rest of the suite runs on. */
let entry: string;
let dir: string;
beforeAll(async () => {
  entry = await bundleDatabase();
  dir = await copyOfTemplate(entry);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const start = (more: Record<string, string> = {}) => startDatabaseChild(entry, { AEROSTACK_DB_DIR: dir, ...more });

it("loses no acknowledged row by kill -9", async () => {
  const acknowledged: number[] = [];
  for (let round = 0; round < 5; round++) {
    const child = await start();
    const { query, close } = createDatabase(child.url);
    await query("create table if not exists kept (n int primary key, filler text)");
    const writers = Array.from({ length: 3 }, async (_, writer) => {
      for (let i = 0; ; i++) {
        const n = (round * 4 + writer) * 1_000_000 + i;
        await query("insert into kept values ($1, repeat('x', 500))", [n]);
        acknowledged.push(n);
      }
    });
    await sleep(150 + Math.random() * 300);
    child.process.kill("SIGKILL");
    const ends = await Promise.allSettled(writers);
    expect(ends.every((end) => end.status === "rejected")).toBe(true);
    await close();
  }
  const child = await start();
  const { query, close } = createDatabase(child.url);
  const kept = new Set((await query<{ n: number }>("select n from kept")).map((row) => row.n));
  expect(acknowledged.length).toBeGreaterThan(50);
  expect(acknowledged.filter((n) => !kept.has(n))).toEqual([]);
  await close();
  await child.stop();
}, 120_000);

it("refuses a second process on the directory and leaves the first alone", async () => {
  const first = await start();
  await expect(start()).rejects.toThrow(`database directory ${dir} is in use by process ${first.process.pid}`);
  const { query, close } = createDatabase(first.url);
  expect(await query("select 1 as a")).toEqual([{ a: 1 }]);
  await close();
  await first.stop();
});

it("ends with its parent, cleanly", async () => {
  const child = await start();
  child.process.disconnect();
  expect(await child.ended).toBe(0);
  await (await start()).stop();
});

it("cuts off a transaction whose client went silent, and only that", async () => {
  const child = await start({ AEROSTACK_DB_IDLE_MS: "300" });
  const { query, close } = createDatabase(child.url);
  await query("create table silent (a int)");
  const client = new Client(child.url);
  const error = new Promise((resolve) => client.on("error", resolve));
  await client.connect();
  await client.query("begin");
  await client.query("insert into silent values (1)");
  expect(await query("select * from silent")).toEqual([]);
  expect(await error).toMatchObject({ code: "25P03" });
  await expect(client.query("commit")).rejects.toThrow();
  await sleep(400);
  expect(await query("select 1 as a")).toEqual([{ a: 1 }]);
  await close();
  await child.stop();
});

it("makes a database where there is none", async () => {
  const fresh = `${dir}-fresh`;
  const child = await startDatabaseChild(entry, { AEROSTACK_DB_DIR: fresh });
  const { query, close } = createDatabase(child.url);
  expect(await query("show shared_buffers")).toEqual([{ shared_buffers: "16MB" }]);
  await close();
  await child.stop();
  await rm(fresh, { recursive: true, force: true });
}, 120_000);

it("does not take its callers down when it dies under an open transaction", async () => {
  const child = await start();
  const { db, query, close } = createDatabase(child.url);
  const broken = db.transaction(async (tx) => {
    child.process.kill("SIGKILL");
    await child.ended;
    await tx.execute("select 1");
  });
  await expect(broken).rejects.toThrow();
  await expect(query("select 1")).rejects.toThrow();
  await close();
});

it("says that an upstream is down, and goes on", async () => {
  const child = await startDatabaseChild(entry, { AEROSTACK_DB_UPSTREAM: "postgres://u:p@127.0.0.1:9/none" });
  await expect(createEdgeQuery(child.url)("select 1")).rejects.toThrow("503");
  const { query, close } = createDatabase(child.url);
  await expect(query("select 1")).rejects.toMatchObject({ code: "08006" });
  await expect(
    createEdgeQuery(child.url.replace(/:[^:@]+@/, ":wrong-secret-of-some-length@"))("select 1"),
  ).rejects.toThrow("401");
  await close();
  await child.stop();
});
