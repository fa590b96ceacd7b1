import type { calls } from "@/db/schema/calls";
import { exposeName } from "@/lib/mcp/tool-name";
import { iso } from "@/lib/services/fields";
import type { CallView } from "./view";

/** Row to view. */
export function toCallView(row: typeof calls.$inferSelect): CallView {
  return {
    id: row.id,
    time: iso(row.occurredAt),
    memberId: row.memberId,
    actor: row.actorName,
    actorEmail: row.actorEmail,
    requestId: row.requestId,
    tokenId: row.tokenId,
    tokenPrefix: row.tokenPrefix,
    authMethod: row.authMethod,
    server: row.server,
    tool: row.tool,
    method: row.method,
    qualifiedName: qualifiedNameOf(row),
    outcome: row.outcome,
    errorClass: row.errorClass,
    errorCode: row.errorCode,
    durationMs: row.durationMs,
    upstreamMs: row.upstreamMs,
    clientName: row.clientName,
    clientVersion: row.clientVersion,
  };
}

function qualifiedNameOf({ server, tool, method }: typeof calls.$inferSelect): string {
  if (!server) return tool;
  if (method !== "resources/read") return exposeName(server, tool);
  return tool.startsWith("ui://") ? tool : `${server}+${tool}`;
}
