import { eq } from "drizzle-orm";
import { settings } from "@/db/schema/settings";
import { users } from "@/db/schema/users";
import { sha256Base64url } from "@/lib/crypto/bytes";
import { paths } from "@/lib/paths";
import type { Ctx, Db } from "@/lib/services/context";

const KEY = "setup_link";

/** True once somebody owns this installation; set-up is closed then. */
export async function hasOwner(db: Db): Promise<boolean> {
  const rows = await db.select({ id: users.id }).from(users).where(eq(users.instanceOwner, true)).limit(1);
  return rows.length > 0;
}

/**
 * A fresh one-time link to create the owner account, or null where there is an owner. Each call makes the link
 * before it useless, so only the newest start's link works.
 */
export async function createSetupLink(ctx: Pick<Ctx, "db" | "now" | "publicUrl">): Promise<string | null> {
  if (await hasOwner(ctx.db)) return null;
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const token = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const value = { hash: await sha256Base64url(token) };
  const row = { key: KEY, value, updatedAt: ctx.now() };
  await ctx.db.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row });
  return `${ctx.publicUrl}${paths.setup}?token=${token}`;
}

/** Whether this token of a set-up link still works; for the page, before it shows its form. */
export async function isSetupTokenValid(ctx: Pick<Ctx, "db">, token: string): Promise<boolean> {
  if (await hasOwner(ctx.db)) return false;
  return matches(ctx.db, token);
}

/** Uses the link up, within the transaction that creates the owner. False where it is not the current one. */
export async function takeSetupToken(tx: Db, token: string): Promise<boolean> {
  await tx.select().from(settings).where(eq(settings.key, KEY)).for("update");
  if ((await hasOwner(tx)) || !(await matches(tx, token))) return false;
  await tx.delete(settings).where(eq(settings.key, KEY));
  return true;
}

async function matches(db: Db, token: string): Promise<boolean> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  const hash = (row?.value as { hash?: unknown } | undefined)?.hash;
  return typeof hash === "string" && hash === (await sha256Base64url(token));
}
