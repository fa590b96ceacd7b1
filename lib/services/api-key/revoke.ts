import { and, eq, isNull } from "drizzle-orm";
import { apiKeys } from "@/db/schema/api-keys";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { type Ctx, requireUser } from "@/lib/services/context";
import { isRef } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { RevokeApiKeyInput } from "./schemas";
import { toApiKeyView } from "./to-view";
import type { ApiKeyView } from "./view";

/** Ends one of the actor's own keys from the next request on. @throws AppError `not_found` */
export async function revokeApiKey(ctx: Ctx, input: RevokeApiKeyInput): Promise<ApiKeyView> {
  const userId = requireUser(ctx);
  const { key: id } = parse(RevokeApiKeyInput, input);
  const now = ctx.now();
  return ctx.db.transaction(async (tx) => {
    const scope = and(eq(apiKeys.userId, userId), eq(apiKeys.id, id));
    const [found] = isRef(id) ? await tx.select().from(apiKeys).where(scope) : [];
    if (!found) throw new AppError("not_found", "You have no such API key.");
    const [revoked] = await tx
      .update(apiKeys)
      .set({ revokedAt: now })
      .where(and(scope, isNull(apiKeys.revokedAt)))
      .returning();
    if (revoked) {
      const target = { type: "api_key", id, name: found.name, workspaceId: null };
      await audit(tx, ctx, "api_key.revoke", target, { before: { prefix: found.prefix } });
    }
    return toApiKeyView(revoked ?? found, now);
  });
}
