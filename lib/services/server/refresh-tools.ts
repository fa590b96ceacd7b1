import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { readSecrets } from "@/lib/services/secret/store";
import { findServer, type ServerRow } from "./find";
import { toProbeView } from "./probe-upstream";
import { viewServer } from "./read";
import { RefreshToolsInput } from "./schemas";
import { missingSecrets, readNeedsOf } from "./secret-needs";
import { testServer } from "./test-server";
import type { ServerSaved } from "./view";

/**
 * Tests a server again and stores its tools; the answer names what was added, removed or described otherwise. A
 * failed test is an answer, not an error, and keeps the tools known before. A hosted server is not tested: its tools are
 * those of its deployment.
 * @throws AppError `forbidden`, `not_found`
 */
export async function refreshTools(ctx: WorkspaceCtx, input: RefreshToolsInput): Promise<ServerSaved> {
  requirePermission(ctx, "server.manage");
  const { server: ref } = parse(RefreshToolsInput, input);
  const server = await findServer(ctx.db, ctx, ref);
  if (server.kind === "hosted")
    return {
      server: await viewServer(ctx.db, ctx, server),
      probe: null,
      missingSecrets: await missing(ctx, server),
      warnings: ["The tools of a function come from its deployment; deploy it to change them."],
      changes: { added: [], removed: [], changed: [] },
    };
  const { row, result, changes } = await testServer(ctx, server);
  return {
    server: await viewServer(ctx.db, ctx, row),
    probe: toProbeView(row.slug, result),
    missingSecrets: await missing(ctx, row),
    warnings: [],
    changes,
  };
}

const missing = async (ctx: WorkspaceCtx, server: ServerRow): Promise<string[]> =>
  missingSecrets(server, await readNeedsOf(ctx.db, ctx, server), await readSecrets(ctx.db, ctx, server.id));
