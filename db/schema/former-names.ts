import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { servers } from "./servers";
import { workspaces } from "./workspaces";

/** Exposed names that tools had until a rename; they answer until `until`, attributed to the tool behind them. */
export const formerNames = pgTable(
  "former_names",
  {
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    serverId: text("server_id")
      .notNull()
      .references(() => servers.id, { onDelete: "cascade" }),
    /** Upstream's own name. */
    tool: text("tool").notNull(),
    until: instant("until").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.name] }), index().on(table.serverId)],
);
