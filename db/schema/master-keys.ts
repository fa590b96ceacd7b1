import { pgTable, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns";

/** Which master keys this database was sealed with. The key itself is never here; the id is derived from it, so a wrong key is noticed at start. */
export const masterKeys = pgTable("master_keys", {
  id: text("id").primaryKey(),
  /** The key itself as an external KMS sealed it, base64; null where the key comes from the environment or a file. */
  sealed: text("sealed"),
  createdAt: createdAt(),
});
