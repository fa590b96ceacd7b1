import { allows } from "@/lib/access/permissions";
import type { WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findCall } from "./find";
import { GetCallInput } from "./schemas";
import { toCallView } from "./to-view";
import type { CallDetailView } from "./view";

/** One call in full, for a link to it; plain members see their own. @throws AppError `not_found` */
export async function getCall(ctx: WorkspaceCtx, input: GetCallInput): Promise<CallDetailView> {
  const row = await findCall(ctx, parse(GetCallInput, input).call);
  const reads = allows(ctx.role, "call.payload");
  return {
    ...toCallView(row),
    actorRole: row.actorRole,
    beforeMs: row.beforeMs,
    toolKind: row.toolKind,
    sourceIp: row.sourceIp,
    userAgent: row.userAgent,
    sessionId: row.sessionId,
    upstreamStatus: row.upstreamStatus,
    requestBytes: row.requestBytes,
    responseBytes: row.responseBytes,
    argsSha256: row.argsSha256,
    secretsUsed: allows(ctx.role, "server.manage") ? (row.secretsUsed ?? []) : null,
    kept: { arguments: reads && row.argsSealed !== null, result: reads && row.resultSealed !== null },
  };
}
