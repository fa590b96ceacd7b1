import type { ChainHead } from "@/lib/audit-chain";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { readChain } from "./read-chain";
import { audit } from "./record";
import { readHead } from "./verify";

export interface AuditExport {
  /** `audit_<workspace>_<time>Z.jsonl`; only letters, digits, `-`, `_` and `.`. */
  filename: string;
  /** JSON lines; pages are read only as fast as the reader takes them. */
  chunks: AsyncGenerator<string, void, undefined>;
}

/**
 * The workspace's chain of events as JSON lines, oldest first, each with its place and hashes; the last line is the
 * head. `aerostack audit verify --file` checks the file without the server. Older, unchained events are left out. The
 * export is itself audited, and is the last event in the file.
 * @throws AppError `forbidden`
 */
export async function exportAuditJsonl(ctx: WorkspaceCtx): Promise<AuditExport> {
  requirePermission(ctx, "audit.read");
  const { id, slug, name } = ctx.workspace;
  const head = await ctx.db.transaction(async (tx) => {
    await audit(
      tx,
      ctx,
      "export.create",
      { type: "workspace", id, name },
      { after: { format: "jsonl", log: "audit" } },
    );
    return readHead(tx, id);
  });
  const stamp = ctx.now().toISOString().slice(0, 19).replaceAll(":", "-");
  return { filename: `audit_${slug}_${stamp}Z.jsonl`, chunks: lines(ctx, head) };
}

async function* lines(ctx: WorkspaceCtx, head: ChainHead): AsyncGenerator<string, void, undefined> {
  for await (const links of readChain(ctx.db, ctx.workspace.id, head.seq))
    yield links.map((link) => `${JSON.stringify(link)}\n`).join("");
  yield `${JSON.stringify({ head })}\n`;
}
