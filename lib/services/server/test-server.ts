import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import type { WorkspaceCtx } from "@/lib/services/context";
import { openSecrets } from "@/lib/services/secret/store";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { checkServerUrl } from "./check-url";
import { findServer, type ServerRow } from "./find";
import { type ProbeResult, probeUpstream } from "./probe-upstream";
import { storeProbe, type ToolChanges } from "./store-probe";

const MAX_NAMED = 50;

/**
 * Tests a stored server with its stored secrets and writes what was seen. The network is used outside of any
 * transaction; if the server moved meanwhile, the finding is about another place and is not written.
 */
export async function testServer(
  ctx: WorkspaceCtx,
  server: ServerRow,
): Promise<{ row: ServerRow; result: ProbeResult; changes: ToolChanges }> {
  const result = (await refusal(ctx, server.url)) ?? (await probeStored(ctx, server));
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const current = await findServer(tx, ctx, server.id, true);
    if (current.url !== server.url || isPersonal(current, result))
      return { row: current, result, changes: { added: [], removed: [], changed: [] } };
    const stored = await storeProbe(tx, ctx, current, result);
    await auditToolChanges(tx, ctx, stored.row, stored.changes);
    return { ...stored, result };
  });
}

/** A tester who has not set an own credential learns that; it says nothing about the server, which others can use. */
export const isPersonal = (server: ServerRow, result: ProbeResult): boolean =>
  !result.ok &&
  result.problem === "missing_secret" &&
  server.protocolVersion !== null &&
  Object.keys(server.secretModes).length > 0;

/** Ranges may have been withdrawn since the server was saved; that is a finding about it, like any other. */
export async function refusal(ctx: WorkspaceCtx, url: string): Promise<ProbeResult | null> {
  try {
    await checkServerUrl(ctx, url);
    return null;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid") throw error;
    return { ok: false, problem: "refused_address", message: error.message, status: null };
  }
}

async function probeStored(ctx: WorkspaceCtx, server: ServerRow): Promise<ProbeResult> {
  const { url, headers } = server;
  return probeUpstream(ctx, { url, headers, values: await openSecrets(ctx, server, new URL(url).origin) });
}

/** One audit row where a test changed what members may call; none where it changed nothing. */
export async function auditToolChanges(
  tx: Parameters<typeof audit>[0],
  ctx: WorkspaceCtx,
  server: ServerRow,
  changes: ToolChanges,
): Promise<void> {
  const { added, removed, changed } = changes;
  if (added.length + removed.length + changed.length === 0) return;
  const named = (names: string[]) => ({ count: names.length, names: names.slice(0, MAX_NAMED) });
  const after = { added: named(added), removed: named(removed), changed: named(changed) };
  await audit(tx, ctx, "server.tools_change", { type: "server", id: server.id, name: server.name }, { after });
}
