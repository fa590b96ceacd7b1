import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { idFloor, newId } from "@/lib/ids";
import { makePartitions } from "@/lib/server/retention";
import { bundleDatabase, type DatabaseChild, MIGRATIONS, startDatabaseChild } from "@/lib/testing/database-child";
import { migrate } from "./migrate";
import { createDatabase, type Database } from "./node";

let folder: string;
let child: DatabaseChild;
let database: Database;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aerostack-partitions-"));
  child = await startDatabaseChild(await bundleDatabase(), { AEROSTACK_DB_DIR: join(folder, "data") });
  database = createDatabase(child.url);
}, 120_000);
afterAll(async () => {
  await database?.close();
  await child?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The migrations up to and with that one. */
async function migrationsTo(idx: number): Promise<string> {
  const copy = join(folder, `to-${idx}`);
  await cp(MIGRATIONS, copy, { recursive: true });
  const journal = JSON.parse(await readFile(join(copy, "meta/_journal.json"), "utf8"));
  journal.entries = journal.entries.filter((entry: { idx: number }) => entry.idx <= idx);
  await writeFile(join(copy, "meta/_journal.json"), JSON.stringify(journal));
  return copy;
}

const partitionOf = async (id: string) =>
  (await database.query<{ name: string }>("SELECT tableoid::regclass::text AS name FROM calls WHERE id = $1", [id]))[0]
    ?.name;
const insert = (id: string, at: number) =>
  database.query(
    `INSERT INTO calls (id, workspace_id, occurred_at, member_id, actor_name, actor_role, token_id, token_prefix, request_id,
      method, server, tool, outcome, request_bytes, secrets_used)
    VALUES ($1, 'ws_1', to_timestamp($2::float8 / 1000), 'mem_1', 'Alice', 'member', 'tok_1', 'mwt_ab12', 'r', 'tools/call', 's', 't',
      'ok', 1, '["KEY"]')`,
    [id, at],
  );

test("calls of before are all there, each in the partition of its month, and new months are made ahead", async () => {
  await migrate(child.url, await migrationsTo(2));
  const times = ["2025-12-31T23:59:59.999Z", "2026-01-01T00:00:00.000Z", "2026-02-14T12:00:00Z"].map(Date.parse);
  const ids = times.map((ms) => newId("call", ms));
  for (const [i, id] of ids.entries()) await insert(id, times[i] ?? 0);
  const columns = "id, occurred_at, actor_name, request_id, secrets_used::text, duration_ms";
  const before = await database.query(`SELECT ${columns} FROM calls ORDER BY id`);
  await migrate(child.url, MIGRATIONS);
  // Another text, because the old one is prepared with the old types.
  expect(await database.query(`SELECT ${columns} FROM calls ORDER BY calls.id`)).toEqual(before);
  expect(await Promise.all(ids.map(partitionOf))).toEqual(["calls_2025_12", "calls_2026_01", "calls_2026_02"]);

  // A month that nobody made: its calls wait in the default partition, and move when it is made.
  const later = Date.parse("2031-05-20T00:00:00Z");
  const id = newId("call", later);
  await insert(id, later);
  expect(await partitionOf(id)).toBe("calls_default");
  await makePartitions(database.query, later);
  await makePartitions(database.query, later);
  expect(await partitionOf(id)).toBe("calls_2031_05");
  const made = await database.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relname LIKE 'calls_2031%' AND relkind = 'r' ORDER BY 1",
  );
  expect(made.map(({ name }) => name)).toEqual(["calls_2031_05", "calls_2031_06", "calls_2031_07"]);
}, 120_000);

test("the smallest id of a time is the same in SQL and in code", async () => {
  for (const ms of [0, 1, Date.parse("2026-11-24T22:58:11.123Z"), Date.parse("2099-12-31T23:59:59.999Z")]) {
    const [row] = await database.query<{ id: string }>("SELECT call_id_floor(to_timestamp($1::float8 / 1000)) AS id", [
      ms,
    ]);
    expect(row?.id).toBe(idFloor("call", ms));
  }
});
