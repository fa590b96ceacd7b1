import type { Endpoint } from "./endpoint";
import type { Principal } from "./ports";
import type { TokenCache } from "./token-cache";

const BEARER = /^bearer ([\x21-\x7e]+)$/i;

/** Who calls: the principal and the hash that finds them again while a stream stays open. */
export interface Caller {
  principal: Principal;
  tokenHash: string;
}

/**
 * The caller behind `Authorization: Bearer mwt_…`, or null for every kind of bad credential. The workspace comes from
 * the token; the slug in the path only has to agree, so an unknown slug and a foreign one look alike.
 */
export async function authenticate(headers: Headers, endpoint: Endpoint, tokens: TokenCache): Promise<Caller | null> {
  const token = BEARER.exec(headers.get("authorization") ?? "")?.[1];
  if (token === undefined) return null;
  const tokenHash = await tokens.hashOf(token);
  if (tokenHash === null) return null;
  const principal = await tokens.find(tokenHash);
  return principal && principal.workspaceSlug === endpoint.slug ? { principal, tokenHash } : null;
}
