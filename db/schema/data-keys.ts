import { index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns";
import { workspaces } from "./workspaces";

/** A workspace's data key, wrapped by a master key. */
export const dataKeys = pgTable(
  "data_keys",
  {
    id: id(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    masterKeyId: text("master_key_id").notNull(),
    /** `v1.<iv>.<ciphertext and tag>`, base64url. */
    wrapped: text("wrapped").notNull(),
    createdAt: createdAt(),
  },
  (table) => [index().on(table.workspaceId)],
);
