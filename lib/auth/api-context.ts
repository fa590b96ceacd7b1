import { AppError } from "@/lib/errors";
import { authenticateApiKey } from "@/lib/services/api-key/authenticate";
import type { Actor, Ctx } from "@/lib/services/context";
import { findSessionActor } from "./find-session-actor";
import { makeCtx } from "./make-ctx";
import { type Runtime, runtime } from "./runtime";
import { isSameOrigin } from "./same-origin";
import { cookieName } from "./session";

/**
 * Context of an API request: by `Authorization: Bearer aak_…`, else by the dashboard's cookie when the request comes
 * from our own pages.
 * @throws AppError `unauthorized`; `forbidden` for a cookie sent by another site's page
 */
export async function apiCtx(request: Request): Promise<Ctx> {
  const process = await runtime();
  return makeCtx(process, await findActor(process, request), request.headers);
}

async function findActor({ db, env, authSecret, secureCookies }: Runtime, request: Request): Promise<Actor> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    const actor = key ? await authenticateApiKey({ db, now: () => new Date() }, key) : null;
    if (!actor) throw new AppError("unauthorized", "This API key does not work. Create one on the account page.");
    return actor;
  }
  const token = readCookie(request.headers.get("cookie"), cookieName("session", secureCookies));
  const actor = await findSessionActor(db, token, authSecret);
  if (!actor) throw new AppError("unauthorized", "Send an API key: `Authorization: Bearer aak_…`.");
  if (!isSameOrigin(request, env.publicUrl))
    throw new AppError("forbidden", "Browsers may call this only from the dashboard's own pages.");
  return actor;
}

/** One cookie's value out of a Cookie header. */
export function readCookie(header: string | null, name: string): string | undefined {
  for (const part of header?.split(";") ?? []) {
    const at = part.indexOf("=");
    if (part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}
