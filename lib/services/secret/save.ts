import { AppError } from "@/lib/errors";
import { validateSecretValue } from "@/lib/mcp/header-template";
import type { WorkspaceCtx } from "@/lib/services/context";
import { findServer, type ServerRow } from "@/lib/services/server/find";
import { type ProbeResult, probeUpstream } from "@/lib/services/server/probe-upstream";
import { storeProbe } from "@/lib/services/server/store-probe";
import { auditToolChanges, isPersonal, refusal } from "@/lib/services/server/test-server";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { openSecrets, readSecrets, type SecretRow, storeSecret } from "./store";

/** A value that somebody typed, and how it is to be tried. */
export interface SecretWish {
  server: ServerRow;
  name: string;
  value: string;
  /** Whose own value it is; null: the workspace's. */
  memberId: string | null;
  /** Called with no arguments as part of the test; must have been checked. */
  testTool?: string;
  force: boolean;
}

/**
 * Tries a value first and stores it then. A value that would replace one in force is stored only when the test passed,
 * or by force; until that moment calls use the old one. A first value has nothing to protect and is always stored. Where
 * another secret is still missing nothing can be tested, and nothing is in force either.
 * @throws AppError `invalid` (never quoting the value), `upstream_failed` with what was seen, `conflict` where the
 * server moved meanwhile: the test was about another place then
 */
export async function saveSecret(
  ctx: WorkspaceCtx,
  wish: SecretWish,
): Promise<{ row: SecretRow; server: ServerRow; result: ProbeResult }> {
  const { server, name, value, memberId } = wish;
  validateSecretValue(value);
  const origin = new URL(server.url).origin;
  const result = await tryValue(ctx, wish, origin);
  const failed = !result.ok && result.problem !== "missing_secret";
  const replaces = (await readSecrets(ctx.db, ctx, server.id)).some(
    (row) => row.name === name && row.memberId === memberId && row.origin === origin,
  );
  if (replaces && failed && !wish.force)
    throw new AppError("upstream_failed", `${result.message} The old value stays in force; nothing was changed.`);
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const current = await findServer(tx, ctx, server.id, true);
    if (current.url !== server.url)
      throw new AppError("conflict", "The server's address was changed meanwhile. Nothing was stored; try again.");
    const facts = failed ? { test: result.problem, forced: replaces } : { test: wish.testTool ?? "tools/list" };
    const row = await storeSecret(tx, ctx, current, { name, value, memberId, facts: result.ok || failed ? facts : {} });
    return { row, result, server: await storeFinding(tx, ctx, current, result, memberId) };
  });
}

async function tryValue(ctx: WorkspaceCtx, wish: SecretWish, origin: string): Promise<ProbeResult> {
  const { server, testTool } = wish;
  const refused = await refusal(ctx, server.url);
  if (refused) return refused;
  const values = await openSecrets(ctx, server, origin);
  values.set(wish.name, wish.value);
  return probeUpstream(ctx, { url: server.url, headers: server.headers, values, testTool });
}

/** What a test with the workspace's value shows is the server's state; one member's own value only adds what nobody knew. */
async function storeFinding(
  tx: Parameters<typeof storeProbe>[0],
  ctx: WorkspaceCtx,
  server: ServerRow,
  result: ProbeResult,
  memberId: string | null,
): Promise<ServerRow> {
  const firstLook = result.ok && server.protocolVersion === null;
  if (memberId === null ? isPersonal(server, result) : !firstLook) return server;
  const { row, changes } = await storeProbe(tx, ctx, server, result);
  await auditToolChanges(tx, ctx, row, changes);
  return row;
}
