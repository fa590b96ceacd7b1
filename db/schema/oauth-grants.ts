import { index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns";
import { members } from "./members";
import { workspaces } from "./workspaces";

/** What a member allowed an MCP client by OAuth; listed and revoked beside tokens. `id` is the authorization server's grant id. */
export const oauthGrants = pgTable(
  "oauth_grants",
  {
    id: text("id").primaryKey(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    memberId: text("member_id")
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    clientId: text("client_id").notNull(),
    clientName: text("client_name").notNull(),
    /** Host of the client's redirect address; what the person saw when consenting. */
    redirectHost: text("redirect_host").notNull(),
    createdAt: createdAt(),
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
    /** Exact to about a minute. */
    lastUsedAt: instant("last_used_at"),
    lastUsedIp: text("last_used_ip"),
    lastUsedClient: text("last_used_client"),
    /** When it last asked for the tools; exact to about a minute. */
    listedAt: instant("listed_at"),
  },
  (table) => [index().on(table.workspaceId, table.id), index().on(table.memberId)],
);
