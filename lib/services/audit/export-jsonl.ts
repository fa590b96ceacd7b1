import type { ChainHead } from "@/lib/audit-chain";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { insertExport } from "@/lib/services/export/insert";
import { type ExportFile, leaseEnd, recorded } from "@/lib/services/export/record";
import type { Piece } from "@/lib/services/export/rows";
import { readChain } from "./read-chain";
import { readHead } from "./verify";

/**
 * The workspace's chain of events as JSON lines, oldest first, each with its place and hashes; the last line is the
 * head. `aerostack audit verify --file` checks the file without the server. Older, unchained events are left out. The
 * export is itself audited, and is the last event in the file.
 * @throws AppError `forbidden`
 */
export async function exportAuditJsonl(ctx: WorkspaceCtx): Promise<ExportFile> {
  requirePermission(ctx, "audit.read");
  const now = ctx.now();
  const time = now.toISOString().slice(0, 19).replaceAll(":", "-");
  const plan = {
    log: "audit",
    format: "jsonl",
    excel: false,
    payloads: false,
    filters: { form: "chain" },
    memberId: null,
    filename: `audit_${ctx.workspace.slug}_${time}Z.jsonl`,
  } as const;
  const start = { state: "running", background: false, newest: null, leaseUntil: leaseEnd(now) } as const;
  const { id, head } = await ctx.db.transaction(async (tx) => ({
    id: (await insertExport(tx, ctx, plan, start)).id,
    head: await readHead(tx, ctx.workspace.id),
  }));
  const { filename, format } = plan;
  return { filename, format, bytes: null, chunks: recorded(ctx, id, lines(ctx, head)) };
}

async function* lines(ctx: WorkspaceCtx, head: ChainHead): AsyncGenerator<Piece, void, undefined> {
  for await (const links of readChain(ctx.db, ctx.workspace.id, head.seq))
    yield { text: links.map((link) => `${JSON.stringify(link)}\n`).join(""), rows: links.length };
  yield { text: `${JSON.stringify({ head })}\n`, rows: 0 };
}
