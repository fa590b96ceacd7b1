import { index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns";
import { users } from "./users";

/** A dashboard sign-in, so that it can be seen and ended. The cookie's JWT names it. */
export const userSessions = pgTable(
  "user_sessions",
  {
    id: id(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** `password` or the name of a provider. */
    method: text("method").notNull(),
    sourceIp: text("source_ip"),
    userAgent: text("user_agent"),
    createdAt: createdAt(),
    /** Exact to about a minute. */
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
    endedAt: instant("ended_at"),
  },
  (table) => [index().on(table.userId)],
);
