import { boolean, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns";
import { servers } from "./servers";
import { workspaces } from "./workspaces";

/**
 * Stands for the definition of a tool that its server no longer lists, of which an admin's name or text is remembered: it
 * may be back in a minute. No client sees it.
 */
export const GONE_DEFINITION = "{}";

/** A tool as its server last described it, and whether the admin lets members use it. */
export const serverTools = pgTable(
  "server_tools",
  {
    serverId: text("server_id")
      .notNull()
      .references(() => servers.id, { onDelete: "cascade" }),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** Upstream's own name, without the server's prefix. */
    name: text("name").notNull(),
    enabled: boolean("enabled").notNull().default(true),
    /** The definition exactly as the server sent it: JSON text, not jsonb, so bytes and NUL escapes survive. */
    definition: text("definition").notNull(),
    /** The definition that an admin last saw and accepted; null: new since. Another text than `definition` asks for a review. */
    reviewed: text("reviewed"),
    /** What clients see behind `<server>__` instead of its own name; null: its own name. */
    alias: text("alias"),
    /** What clients read instead of its own description; null: its own. */
    description: text("description"),
    createdAt: createdAt(),
    seenAt: instant("seen_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.serverId, table.name] }), index().on(table.workspaceId)],
);
