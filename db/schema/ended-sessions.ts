import { index, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** Deny-list of MCP sessions ended by DELETE; session ids are sealed tokens and need no other storage. */
export const endedSessions = pgTable(
  "ended_sessions",
  {
    /** The session's own id (inside the seal), not the sealed text. */
    id: text("id").primaryKey(),
    tokenId: text("token_id").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [index().on(table.tokenId)],
);
