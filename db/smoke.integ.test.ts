import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createEdgeQuery } from "@/db/edge";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
let t: TestDatabase;
beforeAll(async () => { t = await testDatabase(); });
afterAll(() => t.close());
it("works", async () => {
  expect(await t.query("select 1 as a, $1::text as b, now() as c", ["x"])).toMatchObject([{ a: 1, b: "x" }]);
  expect(await createEdgeQuery(t.url)("select $1::int as a, null as n, '{\"a\":1}'::jsonb as j, true as t", [5])).toEqual([{ a: 5, n: null, j: { a: 1 }, t: true }]);
  await t.db.transaction(async (tx) => { await tx.execute(sql`select 1`); });
});
