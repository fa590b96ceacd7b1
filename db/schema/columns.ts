import { text, timestamp } from "drizzle-orm/pg-core";

/** UTC instant with milliseconds. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });
/** When the row was made. */
export const createdAt = () => instant("created_at").notNull().defaultNow();
/** Text primary key holding a prefixed id of `lib/ids.ts`. */
export const id = () => text("id").primaryKey();
