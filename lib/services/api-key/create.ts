import { apiKeys } from "@/db/schema/api-keys";
import { mintToken } from "@/lib/crypto/token";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import { type Ctx, requireUser } from "@/lib/services/context";
import { expiryAfter } from "@/lib/services/credential-status";
import { parse } from "@/lib/services/parse";
import { CreateApiKeyInput } from "./schemas";
import { toApiKeyView } from "./to-view";
import type { NewApiKeyView } from "./view";

/** Mints a key that acts as its user; shown in this answer only. @throws AppError `invalid`, `unauthorized` */
export async function createApiKey(ctx: Ctx, input: CreateApiKeyInput): Promise<NewApiKeyView> {
  const userId = requireUser(ctx);
  const { name, expiresInDays } = parse(CreateApiKeyInput, input);
  const minted = await mintToken("aak");
  const now = ctx.now();
  const expiresAt = expiryAfter(now, expiresInDays);
  return ctx.db.transaction(async (tx) => {
    const id = newId("apiKey", now.getTime());
    const [row] = await tx
      .insert(apiKeys)
      .values({ id, userId, name, hash: minted.hash, prefix: minted.hint, createdAt: now, expiresAt })
      .returning();
    if (!row) throw new AppError("internal", "The key was not stored. Try again.");
    const after = { prefix: row.prefix, expiresAt: expiresAt?.toISOString() ?? null };
    await audit(tx, ctx, "api_key.create", { type: "api_key", id, name, workspaceId: null }, { after });
    return { ...toApiKeyView(row, now), key: minted.token };
  });
}
