import { eq } from "drizzle-orm";
import { apiKeys } from "@/db/schema/api-keys";
import { settings } from "@/db/schema/settings";
import { users } from "@/db/schema/users";
import { hashToken } from "@/lib/crypto/token";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { API_KEY_PATTERN } from "@/lib/services/api-key/authenticate";
import { audit } from "@/lib/services/audit/record";
import type { Ctx, Db } from "@/lib/services/context";
import { Email } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { hasOwner } from "./setup-link";

/** Owner as the environment names it. `hashPassword` is called only where the account is new: a hash costs 60 ms. */
export interface OwnerFromEnv {
  email: string;
  hashPassword: (() => Promise<string>) | null;
  apiKey: string | null;
}

/**
 * Unattended set-up: creates the owner if there is none, and the given API key if it is not there yet. Safe to
 * repeat at each start; an existing account's password and a revoked key are left as they are.
 * @throws AppError `invalid` for a bad address or key
 */
export async function ensureOwnerFromEnv(
  ctx: Ctx,
  owner: OwnerFromEnv,
): Promise<{ created: boolean; keyAdded: boolean }> {
  const email = parse(Email, owner.email);
  if (owner.apiKey !== null && !API_KEY_PATTERN.test(owner.apiKey))
    throw new AppError("invalid", "AEROSTACK_OWNER_API_KEY must be aak_ and 32 to 128 letters, digits, _ or -.", {
      field: "apiKey",
    });
  const needed = !(await hasOwner(ctx.db));
  const passwordHash = needed && owner.hashPassword ? await owner.hashPassword() : null;
  const keyHash = owner.apiKey === null ? null : await hashToken(owner.apiKey);
  return ctx.db.transaction(async (tx) => {
    const created = needed && (await addOwner(tx, ctx, email, passwordHash));
    const [user] = await tx
      .select({ id: users.id, owner: users.instanceOwner })
      .from(users)
      .where(eq(users.email, email));
    const keyAdded =
      keyHash !== null && user?.owner === true && (await addKey(tx, ctx, user.id, keyHash, owner.apiKey ?? ""));
    return { created, keyAdded };
  });
}

async function addOwner(tx: Db, ctx: Ctx, email: string, passwordHash: string | null): Promise<boolean> {
  const now = ctx.now();
  const id = newId("user", now.getTime());
  const name = email.split("@")[0] ?? email;
  const rows = await tx
    .insert(users)
    .values({ id, email, name, passwordHash, instanceOwner: true, createdAt: now })
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id });
  if (rows.length === 0) return false;
  await tx.delete(settings).where(eq(settings.key, "setup_link"));
  await audit(
    tx,
    ctx,
    "setup.complete",
    { type: "user", id, name, workspaceId: null },
    { after: { email, by: "environment" } },
  );
  return true;
}

async function addKey(tx: Db, ctx: Ctx, userId: string, hash: string, key: string): Promise<boolean> {
  const now = ctx.now();
  const id = newId("apiKey", now.getTime());
  const row = { id, userId, name: "Environment", hash, prefix: key.slice(0, 8), createdAt: now };
  const rows = await tx
    .insert(apiKeys)
    .values(row)
    .onConflictDoNothing({ target: apiKeys.hash })
    .returning({ id: apiKeys.id });
  if (rows.length === 0) return false;
  await audit(
    tx,
    ctx,
    "api_key.create",
    { type: "api_key", id, name: row.name, workspaceId: null },
    { after: { by: "environment" } },
  );
  return true;
}
