import { type SQL, sql } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import { isoTime } from "@/lib/services/export/iso-time";

/** Columns of the call export, in the published order (schema 1). Arguments are no column; `secrets_used` are names. */
export const callColumns = (workspace: string): Record<string, SQL> => ({
  event_id: sql`${calls.id}`,
  occurred_at: isoTime(calls.occurredAt),
  workspace: sql`${workspace}::text`,
  actor_id: sql`${calls.memberId}`,
  actor_email: sql`${calls.actorEmail}`,
  actor_role: sql`${calls.actorRole}`,
  token_id: sql`${calls.tokenId}`,
  token_prefix: sql`${calls.tokenPrefix}`,
  auth_method: sql`${calls.authMethod}`,
  client_name: sql`${calls.clientName}`,
  client_version: sql`${calls.clientVersion}`,
  source_ip: sql`${calls.sourceIp}`,
  user_agent: sql`${calls.userAgent}`,
  session_id: sql`${calls.sessionId}`,
  request_id: sql`${calls.requestId}`,
  mcp_method: sql`${calls.method}`,
  server: sql`${calls.server}`,
  tool: sql`${calls.tool}`,
  tool_kind: sql`${calls.toolKind}`,
  outcome: sql`${calls.outcome}`,
  error_class: sql`${calls.errorClass}`,
  error_code: sql`${calls.errorCode}`,
  upstream_status: sql`${calls.upstreamStatus}`,
  duration_ms: sql`${calls.durationMs}`,
  upstream_ms: sql`${calls.upstreamMs}`,
  request_bytes: sql`${calls.requestBytes}`,
  response_bytes: sql`${calls.responseBytes}`,
  args_sha256: sql`${calls.argsSha256}`,
  secrets_used: sql`${calls.secretsUsed}`,
});
