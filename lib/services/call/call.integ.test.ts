import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WorkspaceCtx } from "@/lib/services/context";
import { streamExport } from "@/lib/services/export/stream";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintCalls, mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { textOf } from "@/lib/testing/text-of";
import { listCalls } from "./list";
import type { CallFiltersInput } from "./schemas";

let database: TestDatabase;
let world: World;
/** For what never gets as far as the database. */
let shared: WorkspaceCtx;
beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db };
  shared = await mintWorkspace(world);
});
afterAll(() => database.close());

async function text(ctx: WorkspaceCtx, input: CallFiltersInput = {}): Promise<string> {
  const { chunks } = await streamExport(ctx, { ...input, log: "calls", format: "csv" });
  return textOf(chunks);
}
const rowsOf = (csv: string) => parse(csv, { columns: true, record_delimiter: "\r\n" }) as Record<string, string>[];
const at = (iso: string) => new Date(iso);

test("pages go newest first, through all rows once", async () => {
  const ctx = await mintWorkspace(world);
  const start = Date.now() - 100_000;
  const made = await mintCalls(
    ctx,
    Array.from({ length: 7 }, (_, i) => ({ occurredAt: new Date(start + i) })),
  );
  const seen: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listCalls(ctx, { limit: 3, cursor });
    seen.push(...page.calls.map((call) => call.id));
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(made.map((call) => call.id).toReversed());
});

test("each filter picks its rows, for list and export alike", async () => {
  const ctx = await mintWorkspace(world);
  const other = await mintMember(ctx, "member", world);
  await mintCalls(ctx, [
    { tool: "a", server: "x", outcome: "ok", occurredAt: at("2026-01-01T00:00:00.000Z") },
    { tool: "b", server: "x", outcome: "error", occurredAt: at("2026-01-02T00:00:00.000Z") },
    { tool: "c", server: "y", outcome: "denied", occurredAt: at("2026-01-03T00:00:00.000Z") },
  ]);
  await mintCalls(other, [{ tool: "d", server: "y", occurredAt: at("2026-01-04T00:00:00.000Z") }]);
  const cases: [CallFiltersInput, string][] = [
    [{}, "dcba"],
    [{ server: "x" }, "ba"],
    [{ tool: "c" }, "c"],
    [{ outcome: "error" }, "b"],
    [{ member: other.memberId }, "d"],
    [{ from: "2026-01-02T00:00:00Z" }, "dcb"],
    [{ to: "2026-01-02T00:00:00Z" }, "a"],
    [{ from: "2026-01-02", to: "2026-01-04T00:00:00+00:00", server: "y" }, "c"],
    [{ tool: "' or 1=1 --" }, ""],
  ];
  for (const [input, tools] of cases) {
    expect((await listCalls(ctx, input)).calls.map((call) => call.tool).join("")).toBe(tools);
    expect(
      rowsOf(await text(ctx, input))
        .map((row) => row.tool)
        .join(""),
    ).toBe(tools);
  }
});

test.each([
  [{ limit: 0 }, "limit"],
  [{ limit: 201 }, "limit"],
  [{ limit: -1 }, "limit"],
  [{ limit: "1e9" as unknown as number }, "limit"],
  [{ cursor: "\u0000" }, "cursor"],
  [{ from: "2026-13-45" }, "from"],
  [{ to: "x" }, "to"],
  [{ tool: "a\u0000" }, "tool"],
  [{ outcome: "fine" as "ok" }, "outcome"],
  [{ sort: "__proto__" } as object, "sort"],
])("%j is refused by field %s", async (input, field) => {
  await expect(listCalls(shared, input)).rejects.toMatchObject({ code: "invalid", field });
});

test("a plain member sees and exports its own calls only, whatever it asks for", async () => {
  const owner = await mintWorkspace(world);
  const member = await mintMember(owner, "member", world);
  await mintCalls(owner, [{ tool: "hidden" }]);
  await mintCalls(member, [{ tool: "own" }]);
  expect((await listCalls(member)).calls.map((call) => call.tool)).toEqual(["own"]);
  expect((await listCalls(member, { member: owner.memberId })).calls).toEqual([]);
  expect(await text(member)).not.toContain("hidden");
});
