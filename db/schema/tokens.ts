import { index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns";
import { members } from "./members";
import { workspaces } from "./workspaces";

/** A workspace token `mwt_…` of one member; only its SHA-256 is kept. */
export const tokens = pgTable(
  "tokens",
  {
    id: id(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    memberId: text("member_id")
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** SHA-256 of the whole token, base64url without padding. */
    hash: text("hash").notNull().unique(),
    /** The first 8 characters (`mwt_` and four more), to recognise it by. */
    prefix: text("prefix").notNull(),
    createdAt: createdAt(),
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
    /** Exact to about a minute. */
    lastUsedAt: instant("last_used_at"),
    lastUsedIp: text("last_used_ip"),
    /** Name and version of the client that used it last, as it says itself. */
    lastUsedClient: text("last_used_client"),
    /** When it last asked for the tools; exact to about a minute. Tells a connected client from one that only said hello. */
    listedAt: instant("listed_at"),
  },
  (table) => [index().on(table.workspaceId, table.id), index().on(table.memberId)],
);
