import { AppError } from "@/lib/errors";
import { checkUrl } from "@/lib/mcp/url-policy";
import type { Ctx } from "@/lib/services/context";
import { readAllowPrivate } from "@/lib/services/instance/allow-private";

/**
 * The URL as it will be stored and dialled, after the one policy that also guards each connection. Called by every
 * verb that takes a URL, so no path saves what another would refuse.
 * @throws AppError `invalid` (field `url`) with the reason
 */
export async function checkServerUrl(ctx: Ctx, url: string): Promise<{ href: string; origin: string }> {
  const allowPrivate = [...ctx.allowPrivate, ...(await readAllowPrivate(ctx.db))];
  const verdict = checkUrl(url, { allowPrivate, ownHosts: [new URL(ctx.publicUrl).host] });
  if (!verdict.ok) throw new AppError("invalid", verdict.reason, { field: "url" });
  return { href: verdict.url.href, origin: verdict.origin };
}
