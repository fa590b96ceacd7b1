import { jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** Settings of the whole installation, one row a key: `allow_private_upstreams` (string[]), `setup_link` ({ hash }). */
export const settings = pgTable("settings", {
  key: text("key").primaryKey(),
  value: jsonb("value").notNull(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});
