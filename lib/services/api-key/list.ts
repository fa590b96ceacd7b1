import { desc, eq } from "drizzle-orm";
import { apiKeys } from "@/db/schema/api-keys";
import { type Ctx, requireUser } from "@/lib/services/context";
import { toApiKeyView } from "./to-view";
import type { ApiKeyView } from "./view";

/** The actor's own keys, newest first. */
export async function listApiKeys(ctx: Ctx): Promise<ApiKeyView[]> {
  const userId = requireUser(ctx);
  const rows = await ctx.db.select().from(apiKeys).where(eq(apiKeys.userId, userId)).orderBy(desc(apiKeys.id));
  const now = ctx.now();
  return rows.map((row) => toApiKeyView(row, now));
}
