import { index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns";

/** What the authorization server keeps (clients, codes, refresh tokens, interactions), one row a record. Ids that are credentials are stored as SHA-256. */
export const oauthRecords = pgTable(
  "oauth_records",
  {
    /** oidc-provider's model name, e.g. `RefreshToken`. */
    model: text("model").notNull(),
    id: text("id").notNull(),
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
    grantId: text("grant_id"),
    consumedAt: instant("consumed_at"),
    expiresAt: instant("expires_at"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.model, table.id] }), index().on(table.grantId), index().on(table.expiresAt)],
);
