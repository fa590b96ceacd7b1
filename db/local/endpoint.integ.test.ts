import { Client, neon } from "@neondatabase/serverless";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/neon-http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEdgeQuery } from "@/db/edge";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t?.close());

async function connected<T>(count: number, work: (...clients: Client[]) => Promise<T>): Promise<T> {
  const clients = Array.from({ length: count }, () => new Client(t.url));
  for (const client of clients) await client.connect();
  try {
    return await work(...clients);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

const table = () => `t_${crypto.randomUUID().replaceAll("-", "")}`;

describe("/sql", () => {
  it("carries values of every kind", async () => {
    const query = createEdgeQuery(t.url);
    const [row] = await query(
      "select $1::int as i, $2::text as t, $3::jsonb as j, $4::text[] as a, $5::timestamptz as d, null as n, true as b, 1::int8 as big, $6::uuid as u",
      [5, "ü😀", { a: [1] }, ["x,y", 'q"'], new Date(0), "7d9f7a0e-1111-4222-8333-444455556666"],
    );
    expect(row).toEqual({
      i: 5,
      t: "ü😀",
      j: { a: [1] },
      a: ["x,y", 'q"'],
      d: new Date(0),
      n: null,
      b: true,
      big: "1",
      u: "7d9f7a0e-1111-4222-8333-444455556666",
    });
  });

  it("gives command, fields and row count", async () => {
    const full = await neon(t.url, { fullResults: true }).query("select 1 as one union all select 2", []);
    expect(full).toMatchObject({ command: "SELECT", rowCount: 2, fields: [{ name: "one", dataTypeID: 23 }] });
    const rows = await neon(t.url, { arrayMode: true }).query("select 1 as a, 2 as a", []);
    expect(rows).toEqual([[1, 2]]);
  });

  it("tells what failed: code, constraint, detail", async () => {
    const name = table();
    const query = createEdgeQuery(t.url);
    await query(`create table ${name} (a int constraint ${name}_key unique)`);
    await query(`insert into ${name} values (1)`);
    await expect(query(`insert into ${name} values ($1)`, [1])).rejects.toMatchObject({
      code: "23505",
      constraint: `${name}_key`,
      detail: expect.stringContaining("already exists"),
    });
    await expect(query("select 1; select 2")).rejects.toMatchObject({ code: "42601" });
  });

  it("keeps a batch whole or not at all", async () => {
    const name = table();
    const http = neon(t.url);
    await http.query(`create table ${name} (a int unique)`);
    await http.transaction([
      http.query(`insert into ${name} values (1)`),
      http.query(`insert into ${name} values (2)`),
    ]);
    const failing = http.transaction([
      http.query(`insert into ${name} values (3)`),
      http.query(`insert into ${name} values (1)`),
    ]);
    await expect(failing).rejects.toMatchObject({ code: "23505" });
    expect(await http.query(`select a from ${name} order by a`)).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it("obeys isolation, read only and deferrable", async () => {
    const http = neon(t.url);
    const options = { isolationLevel: "Serializable", readOnly: true, deferrable: true } as const;
    const [rows] = await http.transaction(
      [
        http.query(
          "select current_setting('transaction_isolation') as i, current_setting('transaction_deferrable') as d",
        ),
      ],
      options,
    );
    expect(rows).toEqual([{ i: "serializable", d: "on" }]);
    const write = http.transaction([http.query(`create table ${table()} (a int)`)], { readOnly: true });
    await expect(write).rejects.toMatchObject({ code: "25006" });
    expect(await http.query("show transaction_isolation")).toEqual([{ transaction_isolation: "read committed" }]);
  });

  it("works under drizzle, batches included", async () => {
    const db = drizzle(neon(t.url));
    const [first, second] = await db.batch([db.execute(sql`select 1 as a`), db.execute(sql`select ${"x"} as b`)]);
    expect([first.rows, second.rows]).toEqual([[{ a: 1 }], [{ b: "x" }]]);
  });

  it("does not hand on settings or prepared statements", async () => {
    const query = createEdgeQuery(t.url);
    await query("set statement_timeout = '12345ms'");
    await query("select set_config('app.secret', 'mine', false)");
    for (let i = 0; i < 12; i++) {
      expect(await query("show statement_timeout")).toEqual([{ statement_timeout: "0" }]);
      expect((await query<{ v: string | null }>("select current_setting('app.secret', true) as v"))[0]?.v ?? "").toBe(
        "",
      );
    }
  });

  it("sees a table change under a statement it knows", async () => {
    const name = table();
    const query = createEdgeQuery(t.url);
    await query(`create table ${name} (a int)`);
    await query(`insert into ${name} values (1)`);
    for (let i = 0; i < 8; i++) expect(await query(`select * from ${name}`)).toEqual([{ a: 1 }]);
    await query(`alter table ${name} add column b text default 'new'`);
    if (t.kind === "embedded") expect(await query(`select * from ${name}`)).toEqual([{ a: 1, b: "new" }]);
  });
});

describe("wire", () => {
  it("commits and rolls back", async () => {
    const name = table();
    await t.query(`create table ${name} (a int)`);
    await t.db.transaction((tx) => tx.execute(sql.raw(`insert into ${name} values (1)`)));
    const failing = t.db.transaction(async (tx) => {
      await tx.execute(sql.raw(`insert into ${name} values (2)`));
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await t.query(`select a from ${name}`)).toEqual([{ a: 1 }]);
  });

  it("rolls back for a client that goes away in a transaction", async () => {
    const name = table();
    await t.query(`create table ${name} (a int)`);
    await connected(1, async (client) => {
      await client.query("begin");
      await client.query(`insert into ${name} values (1)`);
    });
    expect(await t.query(`select a from ${name}`)).toEqual([]);
  });

  it("never lets a batch or another client into an open transaction", async () => {
    const name = table();
    await t.query(`create table ${name} (who text)`);
    const http = neon(t.url);
    const order: string[] = [];
    await connected(2, async (a, b) => {
      await a.query("begin");
      await a.query(`insert into ${name} values ('a')`);
      const others = Promise.all([
        b.query(`select count(*)::int as n from ${name}`).then((result) => order.push(`b${result.rows[0].n}`)),
        http
          .transaction([http.query(`select count(*)::int as n from ${name}`)])
          .then(([rows]) => order.push(`h${rows?.[0]?.n}`)),
      ]);
      await a.query(`insert into ${name} values ('a')`);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await a.query("rollback");
      await others;
    });
    expect(order.sort()).toEqual(["b0", "h0"]);
  });

  it("keeps settings to the client that made them", async () => {
    await connected(2, async (a, b) => {
      await a.query("set statement_timeout = '1234ms'");
      await b.query("set app.workspace = 'b'");
      await a.query("set session app.workspace to 'a'");
      await a.query("do $$ begin perform set_config('lock_timeout', '77', false); end $$");
      for (let i = 0; i < 2; i++) {
        expect((await b.query("select current_setting('app.workspace') as v")).rows[0].v).toBe("b");
        expect((await b.query("show statement_timeout")).rows[0].statement_timeout).toBe("0");
        expect((await b.query("show lock_timeout")).rows[0].lock_timeout).toBe("0");
        expect((await a.query("select current_setting('app.workspace') as v")).rows[0].v).toBe("a");
        expect((await a.query("show statement_timeout")).rows[0].statement_timeout).toBe("1234ms");
        expect((await a.query("show lock_timeout")).rows[0].lock_timeout).toBe("77ms");
      }
      await a.query("reset statement_timeout");
      await b.query("select 1");
      expect((await a.query("show statement_timeout")).rows[0].statement_timeout).toBe("0");
    });
    expect(await t.query("show statement_timeout")).toEqual([{ statement_timeout: "0" }]);
  });

  it("keeps prepared statements to the client that made them", async () => {
    await connected(2, async (a, b) => {
      const ask = (client: Client, text: string) =>
        client.query({ name: "same", text, values: [] }).then((result) => result.rows[0].v);
      expect([await ask(a, "select 'a' as v"), await ask(b, "select 'b' as v")]).toEqual(["a", "b"]);
      expect([await ask(a, "select 'a' as v"), await ask(b, "select 'b' as v")]).toEqual(["a", "b"]);
      await a.query("prepare byhand as select 1 as v");
      await b.query("prepare byhand as select 2 as v");
      expect((await a.query("execute byhand")).rows[0].v).toBe(1);
      expect((await b.query("execute byhand")).rows[0].v).toBe(2);
      await b.query("deallocate all");
      expect(await ask(a, "select 'a' as v")).toBe("a");
      expect((await a.query("execute byhand")).rows[0].v).toBe(1);
      await expect(b.query("execute byhand")).rejects.toMatchObject({ code: "26000" });
    });
  });

  it("answers 200 mixed requests at once without mixing them up", async () => {
    const query = createEdgeQuery(t.url);
    const asked = Array.from({ length: 200 }, async (_, i) => {
      if (i % 3 === 0) return (await query<{ v: number }>("select $1::int as v", [i]))[0]?.v;
      if (i % 3 === 1) return (await t.query<{ v: number }>("select $1::int as v", [i]))[0]?.v;
      return t.db.transaction(
        async (tx) => (await tx.select({ v: sql<number>`${i}::int` }).from(sql`(select 1) as one`))[0]?.v,
      );
    });
    expect(await Promise.all(asked)).toEqual(asked.map((_, i) => i));
  });
});
