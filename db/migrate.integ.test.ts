import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { migrate } from "./migrate";

let t: TestDatabase;
let folder: string;
beforeAll(async () => {
  t = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), "aerostack-migrations-"));
  await mkdir(join(folder, "meta"));
});
afterAll(async () => {
  await t?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A folder of migrations as drizzle-kit writes it. */
async function migrations(...files: { when: number; sql: string }[]): Promise<void> {
  const entries = files.map(({ when }, idx) => ({ idx, version: "7", when, tag: `m${idx}`, breakpoints: true }));
  await writeFile(join(folder, "meta/_journal.json"), JSON.stringify({ version: "7", dialect: "postgresql", entries }));
  for (const [idx, file] of files.entries()) await writeFile(join(folder, `m${idx}.sql`), file.sql);
}

const later = Date.now() + 1_000_000;
const one = { when: later, sql: "create table m_one (a int);--> statement-breakpoint\ncreate table m_two (a int);" };
const exists = async (name: string) =>
  (await t.query<{ n: string | null }>("select to_regclass($1)::text as n", [name]))[0]?.n !== null;

it("runs what is missing once, even when several nodes start together", async () => {
  await migrations(one);
  await Promise.all(Array.from({ length: 4 }, () => migrate(t.url, folder)));
  expect([await exists("m_one"), await exists("m_two")]).toEqual([true, true]);
  expect(
    await t.query('select count(*)::int as n from "drizzle"."__drizzle_migrations" where created_at = $1', [later]),
  ).toEqual([{ n: 1 }]);
});

it("changes nothing at all when one statement fails", async () => {
  await migrations(one, {
    when: later + 1,
    sql: "create table m_three (a int);--> statement-breakpoint\nselect nonsense",
  });
  await expect(migrate(t.url, folder)).rejects.toMatchObject({ code: "42703" });
  expect(await exists("m_three")).toBe(false);
});

it("refuses a database of a newer version", async () => {
  await migrations({ when: 1, sql: "select 1" });
  await expect(migrate(t.url, folder)).rejects.toThrow("newer version");
});
