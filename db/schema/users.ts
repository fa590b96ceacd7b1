import { boolean, integer, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns";

/** A person who can sign in to the dashboard. `email` is stored NFKC-normalised and lower-case. */
export const users = pgTable("users", {
  id: id(),
  email: text("email").notNull().unique(),
  /** False where the person typed the address and nobody has vouched for it yet; see `lib/services/user/prove-email.ts`. */
  emailProven: boolean("email_proven").notNull().default(true),
  name: text("name").notNull(),
  /** PHC string of argon2id; null where the person signs in by another way. */
  passwordHash: text("password_hash"),
  /** Owners of this installation see the instance page. */
  instanceOwner: boolean("instance_owner").notNull().default(false),
  /** Raised to end every dashboard session of this person. */
  sessionVersion: integer("session_version").notNull().default(1),
  createdAt: createdAt(),
  disabledAt: instant("disabled_at"),
});
