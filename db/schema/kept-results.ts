import { index, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant } from "./columns";
import { members } from "./members";
import { workspaces } from "./workspaces";

/** A result too long to go out whole, kept for an hour for the member who asked; sealed under the workspace's data key. */
export const keptResults = pgTable(
  "kept_results",
  {
    id: id(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    memberId: text("member_id")
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    sealed: text("sealed").notNull(),
    dataKeyId: text("data_key_id").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [index().on(table.workspaceId), index().on(table.expiresAt)],
);
