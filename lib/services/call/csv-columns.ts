import type { calls } from "@/db/schema/calls";
import type { CsvValue } from "@/lib/csv";

type CallRow = typeof calls.$inferSelect;

/**
 * Columns of the call export, in the published order (schema 1). `tool_kind` is left out: this version does not
 * know it. Arguments are never exported; `secrets_used` are names.
 */
export const CALL_COLUMNS: readonly (readonly [name: string, value: (row: CallRow, workspace: string) => CsvValue])[] =
  [
    ["event_id", (row) => row.id],
    ["occurred_at", (row) => row.occurredAt],
    ["workspace", (_, workspace) => workspace],
    ["actor_id", (row) => row.memberId],
    ["actor_email", (row) => row.actorEmail],
    ["actor_role", (row) => row.actorRole],
    ["token_id", (row) => row.tokenId],
    ["token_prefix", (row) => row.tokenPrefix],
    ["auth_method", (row) => row.authMethod],
    ["client_name", (row) => row.clientName],
    ["client_version", (row) => row.clientVersion],
    ["source_ip", (row) => row.sourceIp],
    ["user_agent", (row) => row.userAgent],
    ["session_id", (row) => row.sessionId],
    ["request_id", (row) => row.requestId],
    ["mcp_method", (row) => row.method],
    ["server", (row) => row.server],
    ["tool", (row) => row.tool],
    ["outcome", (row) => row.outcome],
    ["error_class", (row) => row.errorClass],
    ["error_code", (row) => row.errorCode],
    ["upstream_status", (row) => row.upstreamStatus],
    ["duration_ms", (row) => row.durationMs],
    ["upstream_ms", (row) => row.upstreamMs],
    ["request_bytes", (row) => row.requestBytes],
    ["response_bytes", (row) => row.responseBytes],
    ["args_sha256", (row) => row.argsSha256],
    ["secrets_used", (row) => row.secretsUsed],
  ];
