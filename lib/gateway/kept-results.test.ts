import { beforeEach, describe, expect, test } from "vitest";
import { createDataKey } from "@/lib/crypto/data-key";
import { generateMasterKey, importMasterKeys, type MasterKeys } from "@/lib/crypto/master-keys";
import { createLog } from "@/lib/log";
import { capResult, readKept } from "./kept-results";
import type { KeptResult, WorkspaceSnapshot } from "./ports";
import type { Scope } from "./scope";

const LONG = "0123456789".repeat(1_000);
const result = (text: string, more = {}) => JSON.stringify({ content: [{ type: "text", text }], ...more });

let keys: MasterKeys;
let rows: KeptResult[];
let lines: string[];
let scope: Scope;
let broken = false;

const engine = () => ({
  keys,
  log: createLog((line) => lines.push(line)),
  keptResults: {
    put: async (row: KeptResult) => {
      if (broken) throw new Error("database down");
      rows.push(row);
    },
    find: async (key: { id: string; workspaceId: string; memberId: string }) =>
      rows.find((row) => row.id === key.id && row.workspaceId === key.workspaceId && row.memberId === key.memberId) ??
      null,
  },
});

beforeEach(async () => {
  keys = await importMasterKeys(generateMasterKey());
  rows = [];
  lines = [];
  broken = false;
  const owner = { workspaceId: "ws_1", dataKeyId: "dek_1" };
  const workspace = {
    id: "ws_1",
    slug: "acme",
    resultCap: 1_000,
    dataKeys: [{ id: "dek_1", ...(await createDataKey(keys, owner)) }],
  };
  scope = {
    workspace: workspace as unknown as WorkspaceSnapshot,
    only: null,
    principal: { memberId: "mem_1" },
  } as Scope;
});

const of = (memberId: string): Scope => ({ ...scope, principal: { memberId } }) as Scope;
const with_ = (workspace: Partial<WorkspaceSnapshot>): Scope => ({
  ...scope,
  workspace: { ...scope.workspace, ...workspace },
});
const textsOf = (answer: string) =>
  (JSON.parse(answer) as { content: { text: string }[] }).content.map(({ text }) => text);

describe("a result goes out as it came", () => {
  test("where it is short, where there is no bound, and on a single-server endpoint", async () => {
    const long = result(LONG);
    expect(await capResult(engine(), scope, result("short"))).toBe(result("short"));
    expect(await capResult(engine(), with_({ resultCap: null }), long)).toBe(long);
    expect(await capResult(engine(), { ...scope, only: {} as Scope["only"] }, long)).toBe(long);
    expect(await capResult(engine(), scope, `{"content":"${LONG}"}`)).toBe(`{"content":"${LONG}"}`);
    expect(rows).toEqual([]);
  });
});

describe("a long result", () => {
  async function cut() {
    const [shown, note] = textsOf(await capResult(engine(), scope, result(LONG)));
    return { shown, note, handle: /res_[0-9a-z]{24}/.exec(note ?? "")?.[0] };
  }

  test("is cut, says so, and is read on to its end by its member", async () => {
    const { shown, note, handle } = await cut();
    expect(shown).toBe(LONG.slice(0, 1_000));
    expect(note).toContain("1000 of its 10000 characters");
    let text = shown ?? "";
    for (let pages = 0; text.length < LONG.length && pages < 20; pages++)
      text += textsOf(await readKept(engine(), scope, { handle, offset: text.length }))[0];
    expect(text).toBe(LONG);
    expect(textsOf(await readKept(engine(), scope, { handle, offset: 9_990, limit: 50 }))).toEqual([
      "0123456789",
      "[Characters 9990 to 10000 of 10000. That was the end.]",
    ]);
    expect(textsOf(await readKept(engine(), scope, { handle, offset: 10_000 }))[0]).toContain("no more");
    expect(textsOf(await readKept(engine(), scope, { handle, limit: 3 }))).toEqual([
      "012",
      "[Characters 0 to 3 of 10000. Read on with offset 3.]",
    ]);
  });

  test("lies sealed, and opens for nobody else and in no other row", async () => {
    const { handle } = await cut();
    expect(JSON.stringify(rows)).not.toContain("0123456789");
    const gone = "There is no such result";
    expect(textsOf(await readKept(engine(), of("mem_2"), { handle }))[0]).toContain(gone);
    const [row] = rows;
    rows.push({ ...(row as KeptResult), memberId: "mem_2" });
    expect(textsOf(await readKept(engine(), of("mem_2"), { handle }))[0]).toContain(gone);
    for (const other of ["res_000000000000000000000000", "", 7, null, "res_' OR 1=1"])
      expect(textsOf(await readKept(engine(), scope, { handle: other }))[0]).toContain(gone);
  });

  test("is read by a path where it is JSON", async () => {
    const items = Array.from({ length: 500 }, (_, id) => ({ id, title: `Title ${id}` }));
    const [, note] = textsOf(
      await capResult(engine(), scope, result(JSON.stringify({ items }), { structuredContent: { items } })),
    );
    const handle = /res_[0-9a-z]{24}/.exec(note ?? "")?.[0];
    const at = async (path: string) => textsOf(await readKept(engine(), scope, { handle, path }))[0];
    expect(await at("items[7].title")).toBe("Title 7");
    expect(await at("$.items[1:3].id")).toBe("[1,2]");
    expect(await at("items[9000]")).toBe("There is nothing at this path.");
    expect(textsOf(await readKept(engine(), scope, { handle, path: "items[*].id" }))[1]).toContain(
      "Read on with offset 1000",
    );
  });

  test("that is no JSON has no paths", async () => {
    const { handle } = await cut();
    const answer = await readKept(engine(), scope, { handle, path: "a" });
    expect(JSON.parse(answer)).toMatchObject({ isError: true });
  });

  test("that cannot be kept is cut all the same, and says so", async () => {
    broken = true;
    const [shown, note] = textsOf(await capResult(engine(), scope, result(LONG)));
    expect(shown).toHaveLength(1_000);
    expect(note).toContain("could not be kept");
    expect(lines.join()).toContain("gateway.result_not_kept");
    const none = textsOf(await capResult(engine(), with_({ dataKeys: [] }), result(LONG)));
    expect(none[1]).toContain("could not be kept");
  });
});
