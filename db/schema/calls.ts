import { sql } from "drizzle-orm";
import { doublePrecision, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/**
 * `pending`: committed before dispatch, still running. `unknown`: the node died in between. `denied`: refused
 * before any upstream was touched. `tool_error`: the tool answered `isError`. `error`: protocol or upstream failure.
 */
export const OUTCOMES = ["pending", "ok", "tool_error", "error", "denied", "client_closed", "unknown"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One `tools/call`, attributed. No foreign keys: the hot path pays for none, and rows outlive what they name. */
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
    outcome: text("outcome", { enum: OUTCOMES }).notNull(),
    errorClass: text("error_class"),
    errorCode: integer("error_code"),
    upstreamStatus: integer("upstream_status"),
    durationMs: doublePrecision("duration_ms"),
    upstreamMs: doublePrecision("upstream_ms"),
    requestBytes: integer("request_bytes").notNull(),
    responseBytes: integer("response_bytes"),
    /** SHA-256 of the arguments as sent, hex; the arguments themselves are not stored. */
    argsSha256: text("args_sha256"),
    /** The arguments sealed under the workspace's data key, where the workspace keeps them; removed after its term. */
    argsSealed: text("args_sealed"),
    argsKeyId: text("args_key_id"),
    /** Names only. */
    secretsUsed: jsonb("secrets_used").$type<string[]>(),
  },
  (table) => [
    index("calls_workspace_id_idx").on(table.workspaceId, table.id),
    index("calls_workspace_member_id_idx").on(table.workspaceId, table.memberId, table.id),
    // Only rows with kept arguments: for the rules' test box and for removing them after their term.
    index("calls_kept_arguments_idx").on(table.workspaceId, table.id).where(sql`args_sealed IS NOT NULL`),
  ],
);
