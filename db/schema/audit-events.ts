import { bigint, index, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns";

/** One change made in the control plane, written in the same transaction as the change. Never holds a secret's value. */
export const auditEvents = pgTable(
  "audit_events",
  {
    id: id(),
    /** Null for what concerns the whole installation. No foreign key: the record outlives the workspace. */
    workspaceId: text("workspace_id"),
    actorType: text("actor_type", { enum: ["user", "api_key", "system"] }).notNull(),
    actorId: text("actor_id"),
    actorEmail: text("actor_email"),
    /** Role in the workspace at that time; null where there was none, and in events older than this column. */
    actorRole: text("actor_role"),
    /** `noun.verb`, e.g. `token.revoke`. */
    action: text("action").notNull(),
    targetType: text("target_type").notNull(),
    targetId: text("target_id").notNull(),
    targetName: text("target_name").notNull(),
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
    requestId: text("request_id"),
    sourceIp: text("source_ip"),
    userAgent: text("user_agent"),
    /** Place in the workspace's chain, from 1; hash of the event before and of this one, hex. Null: older than the chain. */
    seq: bigint("seq", { mode: "number" }),
    prevHash: text("prev_hash"),
    hash: text("hash"),
    createdAt: createdAt(),
  },
  (table) => [index().on(table.workspaceId, table.id), unique().on(table.workspaceId, table.seq)],
);
