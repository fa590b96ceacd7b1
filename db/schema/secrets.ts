import { index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns";
import { dataKeys } from "./data-keys";
import { members } from "./members";
import { servers } from "./servers";
import { workspaces } from "./workspaces";

/** A sealed credential of one server, bound to that server's origin. Write-only: nothing reads the value but the gateway's injection. */
export const secrets = pgTable(
  "secrets",
  {
    id: id(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    serverId: text("server_id")
      .notNull()
      .references(() => servers.id, { onDelete: "cascade" }),
    /** Whose own value this is; null: the workspace's. Part of the authenticated data where set. */
    memberId: text("member_id").references(() => members.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** Counts replacements; part of the authenticated data. */
    version: integer("version").notNull(),
    /** The only origin (`https://host[:port]`) that this value may be sent to; part of the authenticated data. */
    origin: text("origin").notNull(),
    /** `v1.<iv>.<ciphertext and tag>`, base64url. */
    sealed: text("sealed").notNull(),
    dataKeyId: text("data_key_id")
      .notNull()
      .references(() => dataKeys.id),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
    /** Exact to about a minute. */
    lastUsedAt: instant("last_used_at"),
  },
  (table) => [unique().on(table.serverId, table.name, table.memberId).nullsNotDistinct(), index().on(table.memberId)],
);
