import { sql } from "drizzle-orm";
import { doublePrecision, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/**
 * `pending`: committed before dispatch, still running. `unknown`: the node died in between. `denied`: refused
 * before any upstream was touched. `tool_error`: the tool answered `isError`. `error`: protocol or upstream failure.
 */
export const OUTCOMES = ["pending", "ok", "tool_error", "error", "denied", "client_closed", "unknown"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** `readOnlyHint` true, `destructiveHint` not false, or something in between (MCP 2025-06-18, tool annotations). */
export const TOOL_KINDS = ["read", "write", "destructive"] as const;
export type ToolKind = (typeof TOOL_KINDS)[number];

/**
 * One `tools/call`, attributed. No foreign keys: the hot path pays for none, and rows outlive what they name. Partitioned
 * by the month in its id (the migration says so, Drizzle cannot): ids compare bytewise, so a range of time is a range of ids.
 */
export const calls = pgTable(
  "calls",
  {
    id: text("id").primaryKey(),
    workspaceId: text("workspace_id").notNull(),
    occurredAt: instant("occurred_at").notNull(),
    memberId: text("member_id").notNull(),
    actorName: text("actor_name").notNull(),
    actorEmail: text("actor_email"),
    actorRole: text("actor_role").notNull(),
    tokenId: text("token_id").notNull(),
    tokenPrefix: text("token_prefix").notNull(),
    /** `token` or `oauth`; the ids above then name a token or a grant. */
    authMethod: text("auth_method").notNull().default("token"),
    clientName: text("client_name"),
    clientVersion: text("client_version"),
    sourceIp: text("source_ip"),
    userAgent: text("user_agent"),
    sessionId: text("session_id"),
    requestId: text("request_id").notNull(),
    method: text("method").notNull(),
    serverId: text("server_id"),
    /** Slug at the time of the call; empty when the name fits no server. */
    server: text("server").notNull(),
    tool: text("tool").notNull(),
    /** What the tool said of itself when it was called (its annotations); null: it said nothing, or there is no such tool. */
    toolKind: text("tool_kind", { enum: TOOL_KINDS }),
    outcome: text("outcome", { enum: OUTCOMES }).notNull(),
    errorClass: text("error_class"),
    errorCode: integer("error_code"),
    upstreamStatus: integer("upstream_status"),
    durationMs: doublePrecision("duration_ms"),
    upstreamMs: doublePrecision("upstream_ms"),
    /** The part of `durationMs` from the request's arrival to its way to the server; null in older rows and where none was asked. */
    beforeMs: doublePrecision("before_ms"),
    requestBytes: integer("request_bytes").notNull(),
    responseBytes: integer("response_bytes"),
    /** SHA-256 of the arguments as sent, hex; the arguments themselves are not stored. */
    argsSha256: text("args_sha256"),
    /** The arguments sealed under the workspace's data key, where the workspace keeps them; removed after its term. */
    argsSealed: text("args_sealed"),
    argsKeyId: text("args_key_id"),
    /** The result likewise, where the workspace keeps results too. */
    resultSealed: text("result_sealed"),
    resultKeyId: text("result_key_id"),
    /** Names only. */
    secretsUsed: jsonb("secrets_used").$type<string[]>(),
  },
  (table) => [
    index("calls_workspace_id_idx").on(table.workspaceId, table.id),
    index("calls_workspace_member_id_idx").on(table.workspaceId, table.memberId, table.id),
    index("calls_workspace_tool_idx").on(table.workspaceId, table.server, table.tool, table.id),
    // Only rows with kept payloads: for the rules' test box and for removing them after their term.
    index("calls_kept_payloads_idx")
      .on(table.workspaceId, table.id)
      .where(sql`args_sealed IS NOT NULL OR result_sealed IS NOT NULL`),
  ],
);
