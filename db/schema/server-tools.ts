import { boolean, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns";
import { servers } from "./servers";
import { workspaces } from "./workspaces";

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
    createdAt: createdAt(),
    seenAt: instant("seen_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.serverId, table.name] }), index().on(table.workspaceId)],
);
