import { eq } from "drizzle-orm";
import { settings } from "@/db/schema/settings";
import type { Db } from "@/lib/services/context";

/** Key of the settings row; the gateway's directory reads the same one. */
export const ALLOW_PRIVATE_KEY = "allow_private_upstreams";

/** Private hosts and ranges that the instance page allows; those of the environment are not in it. */
export async function readAllowPrivate(db: Db): Promise<string[]> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, ALLOW_PRIVATE_KEY));
  return Array.isArray(row?.value) ? row.value.filter((entry): entry is string => typeof entry === "string") : [];
}
