import { bigint, integer, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns";

/** A named set of servers behind one gateway URL. */
export const workspaces = pgTable("workspaces", {
  id: id(),
  slug: text("slug").notNull().unique(),
  name: text("name").notNull(),
  /** Raised by every change the gateway must see (servers, tools, secrets, settings); caches and list_changed follow it. */
  version: bigint("version", { mode: "number" }).notNull().default(1),
  /** Raised by every change of who may come in (tokens, grants, members, ended sessions); the gateway then reads them anew. */
  accessVersion: bigint("access_version", { mode: "number" }).notNull().default(1),
  /** How many days the arguments of calls are kept, sealed, to test rules on; 0: not at all. */
  keepArgumentsDays: integer("keep_arguments_days").notNull().default(0),
  createdAt: createdAt(),
});
