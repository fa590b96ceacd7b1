import { bigint, pgTable, text } from "drizzle-orm/pg-core";

/** Head of each chain of audit events: one a workspace, and one (`instance`) for the installation. Locked by each new event. */
export const auditChains = pgTable("audit_chains", {
  /** The workspace's id, or `instance`. No foreign key: the record outlives the workspace. */
  id: text("id").primaryKey(),
  seq: bigint("seq", { mode: "number" }).notNull(),
  /** Hash of the newest event, hex. */
  hash: text("hash").notNull(),
});
