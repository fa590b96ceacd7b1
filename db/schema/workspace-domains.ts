import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns";
import { ROLES } from "./members";
import { workspaces } from "./workspaces";

/** People whose provider vouches for an address of this domain join the workspace with this role when they first sign in. */
export const workspaceDomains = pgTable(
  "workspace_domains",
  {
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** Lower-case ASCII, e.g. `acme.example`. */
    domain: text("domain").notNull(),
    role: text("role", { enum: ROLES }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.domain] }), index().on(table.domain)],
);
