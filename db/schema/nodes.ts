import { bigint, index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns";

/** Processes that serve the gateway and may be addressed by others; one that is not seen for half a minute is gone. */
export const nodes = pgTable("nodes", {
  id: text("id").primaryKey(),
  seenAt: instant("seen_at").notNull().defaultNow(),
});

/** What one node has to tell another (an answer for a stream that is open there, a cancellation), sealed; taken by deleting. */
export const nodeMessages = pgTable(
  "node_messages",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    node: text("node").notNull(),
    body: text("body").notNull(),
    createdAt: createdAt(),
  },
  (table) => [index().on(table.node)],
);
