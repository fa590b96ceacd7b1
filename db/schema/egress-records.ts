import { doublePrecision, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** One outbound request of a function: whom it reached for whom; no value, no query, no body. No foreign keys, as with calls. */
export const egressRecords = pgTable(
  "egress_records",
  {
    id: text("id").primaryKey(),
    workspaceId: text("workspace_id").notNull(),
    serverId: text("server_id").notNull(),
    /** SHA-256 of the deployment's code. */
    sha256: text("sha256").notNull(),
    occurredAt: instant("occurred_at").notNull(),
    /** Null where nobody called, as in a trial. */
    memberId: text("member_id"),
    callId: text("call_id"),
    method: text("method").notNull(),
    host: text("host").notNull(),
    /** With placeholders, as the function wrote it. */
    path: text("path").notNull(),
    /** 0 where no answer came. */
    status: integer("status").notNull(),
    verdict: text("verdict").notNull(),
    ms: doublePrecision("ms").notNull(),
  },
  (table) => [index().on(table.workspaceId, table.id), index().on(table.callId)],
);
