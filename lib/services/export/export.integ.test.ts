import { parse } from "csv-parse/sync";
import { and, eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditEvents } from "@/db/schema/audit-events";
import { calls } from "@/db/schema/calls";
import { sealPayload } from "@/lib/crypto/call-payload";
import { audit } from "@/lib/services/audit/record";
import type { WorkspaceCtx } from "@/lib/services/context";
import { currentDataKey } from "@/lib/services/secret/data-key";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { type ExportWish, inAnHour, sha256, streamed } from "@/lib/testing/exports";
import { mintCalls, mintMember, mintWorkspace, type World } from "@/lib/testing/factories";
import { textOf } from "@/lib/testing/text-of";
import { createExport } from "./create";
import { listExports } from "./list";
import { exportManifest } from "./manifest";
import type { CreateExportInput } from "./schemas";
import { streamExport } from "./stream";
import { sweepExports } from "./sweep";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db };
});
afterAll(() => database.close());

const HEADER =
  "event_id,occurred_at,workspace,actor_id,actor_email,actor_role,token_id,token_prefix,auth_method,client_name,client_version,source_ip,user_agent,session_id,request_id,mcp_method,server,tool,tool_kind,outcome,error_class,error_code,upstream_status,duration_ms,upstream_ms,request_bytes,response_bytes,args_sha256,secrets_used\r\n";
const AUDIT_HEADER =
  "event_id,occurred_at,actor_type,actor_id,actor_email,actor_role,action,target_type,target_id,target_name,workspace,source_ip,user_agent,request_id,outcome,reason,before,after,prev_hash,hash\r\n";

const rowsOf = (csv: string) =>
  parse(csv, { columns: true, bom: true, record_delimiter: "\r\n" }) as Record<string, string>[];
const latest = async (ctx: WorkspaceCtx) => (await listExports(ctx)).exports[0];

describe("a file made while it is sent", () => {
  test("has the published header, also without rows, and every column of a full row", async () => {
    const ctx = await mintWorkspace(world);
    expect(await streamed(ctx)).toBe(HEADER);
    const [call] = await mintCalls(ctx, [
      {
        tool: '=HYPERLINK("x")',
        occurredAt: new Date("2026-02-03T04:05:06.007Z"),
        secretsUsed: ["A", "B"],
        durationMs: 1.5,
        errorCode: -32602,
        toolKind: "read",
      },
    ]);
    const csv = await streamed(ctx);
    expect(csv.startsWith(HEADER)).toBe(true);
    expect(rowsOf(csv)).toMatchObject([
      {
        event_id: call?.id,
        occurred_at: "2026-02-03T04:05:06.007Z",
        workspace: ctx.workspace.slug,
        actor_id: ctx.memberId,
        actor_email: ctx.actor.email,
        auth_method: "token",
        tool: `'=HYPERLINK("x")`,
        tool_kind: "read",
        error_code: "-32602",
        duration_ms: "1.5",
        secrets_used: "A B",
        client_name: "",
      },
    ]);
  });

  test("more rows than a page come whole, in order and once; later calls stay out", async () => {
    const ctx = await mintWorkspace(world);
    const start = Date.now() - 1_000_000;
    const made = await mintCalls(
      ctx,
      Array.from({ length: 5_003 }, (_, i) => ({ occurredAt: new Date(start + i) })),
    );
    const { chunks } = await streamExport(ctx, { log: "calls" });
    const first = await chunks.next();
    await mintCalls(ctx, [{ tool: "late" }]);
    const csv = `${Buffer.from(first.value ?? [])}${await textOf(chunks)}`;
    expect(rowsOf(csv).map((row) => row.event_id)).toEqual(made.map((call) => call.id).toReversed());
    expect(await latest(ctx)).toMatchObject({
      state: "streamed",
      rows: 5_003,
      bytes: Buffer.byteLength(csv),
      sha256: sha256(csv),
    });
  });

  test("is audited with its filters, named safely, and listed with a manifest; a range is made absolute", async () => {
    const ctx = await mintWorkspace(world);
    await mintCalls(ctx, [
      { occurredAt: new Date(Date.now() - 60_000) },
      { occurredAt: new Date(Date.now() - 90 * 60_000) },
    ]);
    const { filename, chunks } = await streamExport(ctx, { log: "calls", range: "1h", excel: "true" });
    expect(filename).toMatch(/^calls_t-[0-9a-f]{8}_[0-9T-]{19}_[0-9T-]{19}Z\.csv$/);
    const csv = await textOf(chunks);
    expect(csv.startsWith("\ufeffevent_id,")).toBe(true);
    expect(rowsOf(csv)).toHaveLength(1);
    const row = await latest(ctx);
    const { from, to } = row?.filters ?? {};
    expect(Date.parse(to ?? "") - Date.parse(from ?? "")).toBe(3_600_000);
    const [event] = await ctx.db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.workspaceId, ctx.workspace.id), eq(auditEvents.action, "export.create")));
    expect(event).toMatchObject({ targetId: row?.id, after: { log: "calls", format: "csv", filters: { from, to } } });
    expect(await exportManifest(ctx, { export: row?.id ?? "" })).toMatchObject({
      schema: 1,
      file: filename,
      range: { from, to },
      columns: HEADER.trim().split(","),
      rows: 1,
      bytes: Buffer.byteLength(csv),
      sha256: sha256(csv),
      exporter: { id: ctx.actor.userId, name: ctx.actor.name, role: "owner" },
    });
  });

  test("a reader who leaves ends it, and it is listed as broken off", async () => {
    const ctx = await mintWorkspace(world);
    await mintCalls(ctx, [{}, {}]);
    const { chunks } = await streamExport(ctx, { log: "calls" });
    await chunks.next();
    await chunks.return();
    expect(await latest(ctx)).toMatchObject({ state: "canceled", sha256: null });
    // The node died: nothing noted the end.
    await streamExport(ctx, { log: "calls" });
    await sweepExports(ctx.db, inAnHour());
    expect(await latest(ctx)).toMatchObject({ state: "canceled" });
  });

  test("audit events, with outcome and reason, filtered as the list, also as JSON lines", async () => {
    const ctx = await mintWorkspace(world);
    const target = { type: "x", id: "x", name: "=1+1\u202e" };
    await ctx.db.transaction((tx) =>
      audit(tx, ctx, "login.failed" as "export.create", target, { before: { a: "=1" }, after: { reason: "@bad" } }),
    );
    const csv = await streamed(ctx, { log: "audit", target: "x" });
    expect(csv.startsWith(AUDIT_HEADER)).toBe(true);
    expect(rowsOf(csv)).toMatchObject([
      {
        action: "login.failed",
        outcome: "failure",
        reason: "'@bad",
        target_name: "'=1+1\u202e",
        before: '{"a":"=1"}',
        actor_email: ctx.actor.email,
        workspace: ctx.workspace.slug,
      },
    ]);
    expect(rowsOf(csv)[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
    const line = JSON.parse(await streamed(ctx, { log: "audit", format: "jsonl", target: "x" }));
    expect(Object.keys(line)).toEqual(AUDIT_HEADER.trim().split(","));
    expect(line).toMatchObject({ target_name: "=1+1\u202e", after: { reason: "@bad" } });
    const workspace = await streamed(ctx, { log: "audit", action: "workspace" });
    expect(rowsOf(workspace).map((row) => [row.action, row.outcome])).toEqual([["workspace.create", "success"]]);
  });

  test("whatever the rows hold, the file parses back to them", async () => {
    const ctx = await mintWorkspace(world);
    const text = fc.string({
      unit: fc.constantFrom(..."=+-@\t\r\n\",;'| \u00a0\u202e\ufeff\uff1dab\u00fc\u4e2d😀"),
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ tool: text, clientName: fc.option(text) }), { minLength: 1, maxLength: 4 }),
        async (rows) => {
          await ctx.db.delete(calls).where(eq(calls.workspaceId, ctx.workspace.id));
          const start = Date.now() - 10_000;
          await mintCalls(
            ctx,
            rows.map((row, i) => ({ ...row, occurredAt: new Date(start + i) })),
          );
          // What no spreadsheet shows otherwise: an apostrophe put in front, and breaks that are LF.
          const bare = (value: string | null) => (value ?? "").replaceAll(/\r\n|\r/g, "\n").replaceAll("'", "");
          expect(
            rowsOf(await streamed(ctx)).map((row) => [row.tool, row.client_name].map((cell) => bare(cell ?? ""))),
          ).toEqual(rows.map((row) => [bare(row.tool), bare(row.clientName)]).toReversed());
          const lines = (await streamed(ctx, { format: "jsonl" }))
            .trim()
            .split("\n")
            .map((line) => JSON.parse(line));
          expect(lines.map((line) => [line.tool, line.client_name])).toEqual(
            rows.map((row) => [row.tool, row.clientName]).toReversed(),
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  test("kept payloads are in JSONL only, for admins only, and said in the audit log", async () => {
    const ctx = await mintWorkspace(world);
    const auditor = await mintMember(ctx, "auditor", world);
    const [call] = await mintCalls(ctx, [{}, {}]);
    const dataKey = await currentDataKey(ctx.db, ctx);
    const binding = { workspaceId: ctx.workspace.id, callId: call?.id ?? "" };
    const argsSealed = await sealPayload(dataKey.key, '{"q":"a\\nb"}', { ...binding, part: "arguments" });
    const resultSealed = await sealPayload(dataKey.key, `"${"x".repeat(70_000)}"`, { ...binding, part: "result" });
    await ctx.db
      .update(calls)
      .set({ argsSealed, argsKeyId: dataKey.id, resultSealed, resultKeyId: dataKey.id })
      .where(eq(calls.id, call?.id ?? ""));
    const lines = (await streamed(ctx, { format: "jsonl", payloads: true })).trim().split("\n");
    const rows = lines.map((line) => JSON.parse(line));
    expect(rows.find((row) => row.event_id === call?.id)).toMatchObject({
      arguments: { q: "a\nb" },
      arguments_cut: false,
      result_cut: true,
    });
    expect(rows.find((row) => row.event_id !== call?.id)).toMatchObject({ arguments: null, result: null });
    const view = await latest(ctx);
    expect(view).toMatchObject({ payloads: true });
    const [event] = await ctx.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.targetId, view?.id ?? ""));
    expect(event?.after).toMatchObject({ payloads: true });
    expect(await streamed(ctx, { format: "jsonl" })).not.toContain("arguments");
    await expect(streamExport(auditor, { log: "calls", format: "jsonl", payloads: true })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(streamExport(ctx, { log: "calls", format: "csv", payloads: true })).rejects.toMatchObject({
      field: "payloads",
    });
    await expect(exportManifest(auditor, { export: view?.id ?? "" })).rejects.toMatchObject({ code: "forbidden" });
  });
});

test.each<[ExportWish & Record<string, unknown>, string]>([
  [{ from: "2026-13-45" }, "from"],
  [{ to: "x" }, "to"],
  [{ from: "2026-02-01", to: "2026-01-01" }, "to"],
  [{ range: "7d", from: "2026-01-01" }, "range"],
  [{ range: "8d" as "7d" }, "range"],
  [{ limit: -1 }, "limit"],
  [{ sort: 'ts";drop' }, "sort"],
  [{ tool: "a\u0000" }, "tool"],
  [{ excel: "yes" as "true" }, "excel"],
  [{ excel: true, format: "jsonl" }, "excel"],
  [{ format: "xlsx" as "csv" }, "format"],
  [{ log: "audit", tool: "x" }, "tool"],
  [{ log: "secrets" as "audit" }, "log"],
])("%j is refused by field %s, at once and in the background", async (input, field) => {
  const ctx = await mintWorkspace(world);
  for (const verb of [streamExport, createExport])
    await expect(verb(ctx, { log: "calls", ...input } as CreateExportInput)).rejects.toMatchObject({
      code: "invalid",
      field,
    });
  expect((await listExports(ctx)).exports).toEqual([]);
});
