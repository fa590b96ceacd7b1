import { bigint, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns";

/** A named set of servers behind one gateway URL. */
export const workspaces = pgTable("workspaces", {
  id: id(),
  slug: text("slug").notNull().unique(),
  name: text("name").notNull(),
  /** Raised by every change the gateway must see (servers, tools, secrets, settings); caches and list_changed follow it. */
  version: bigint("version", { mode: "number" }).notNull().default(1),
  createdAt: createdAt(),
});
