import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { readSecrets } from "@/lib/services/secret/store";
import { findServer } from "./find";
import { missingSecrets } from "./needed-secrets";
import { toProbeView } from "./probe-upstream";
import { viewServer } from "./read";
import { RefreshToolsInput } from "./schemas";
import { testServer } from "./test-server";
import type { ServerSaved } from "./view";

/**
 * Tests a server again and stores its tools; the answer names what was added, removed or described otherwise. A
 * failed test is an answer, not an error, and keeps the tools known before.
 * @throws AppError `forbidden`, `not_found`
 */
export async function refreshTools(ctx: WorkspaceCtx, input: RefreshToolsInput): Promise<ServerSaved> {
  requirePermission(ctx, "server.manage");
  const { server: ref } = parse(RefreshToolsInput, input);
  const server = await findServer(ctx.db, ctx, ref);
  const { row, result, changes } = await testServer(ctx, server);
  return {
    server: await viewServer(ctx.db, ctx, row),
    probe: toProbeView(row.slug, result),
    missingSecrets: missingSecrets(row, await readSecrets(ctx.db, ctx, row.id)),
    warnings: [],
    changes,
  };
}
