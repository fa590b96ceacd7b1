import { type AccessTokens, looksLikeJwt } from "./access-token";
import type { Endpoint } from "./endpoint";
import type { Principal } from "./ports";
import type { Credential, Principals } from "./principals";

const BEARER = /^bearer ([\x21-\x7e]+)$/i;

/** Who calls: the principal and the credential that finds them again while a stream stays open. */
export interface Caller {
  principal: Principal;
  credential: Credential;
}

/** `missing` and `invalid` are answered 401; `elsewhere`: a good credential, but not for this slug. */
export type Refusal = "missing" | "invalid" | "elsewhere";

/**
 * The caller behind `Authorization: Bearer mwt_…`, or on `/mcp` behind an OAuth access token. The workspace comes from
 * the credential and no slug is ever looked up, so an unknown workspace and a foreign one cannot be told apart.
 * @param origin where clients reach this gateway
 */
export async function authenticate(
  authorization: string | null,
  endpoint: Endpoint,
  origin: string,
  parts: { principals: Principals; accessTokens: AccessTokens },
): Promise<Caller | Refusal> {
  if (authorization === null || authorization === "") return "missing";
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) return "invalid";
  if (endpoint.name === "mcp" && looksLikeJwt(token)) return byAccessToken(token, endpoint, origin, parts);
  const key = await parts.principals.hashOf(token);
  if (key === null) return "invalid";
  const credential: Credential = { kind: "token", key, expiresAt: null };
  const principal = await parts.principals.find(credential);
  if (!principal) return "invalid";
  return principal.workspaceSlug === endpoint.slug ? { principal, credential } : "elsewhere";
}

async function byAccessToken(
  token: string,
  endpoint: Endpoint,
  origin: string,
  { principals, accessTokens }: { principals: Principals; accessTokens: AccessTokens },
): Promise<Caller | Refusal> {
  const claims = await accessTokens.verify(token, origin, endpoint.slug);
  if (!claims) return "invalid";
  const credential: Credential = { kind: "grant", key: claims.gid, expiresAt: claims.expiresAt };
  const principal = await principals.find(credential);
  const agrees =
    principal?.memberId === claims.sub &&
    principal.workspaceId === claims.wid &&
    principal.workspaceSlug === endpoint.slug;
  return principal && agrees ? { principal, credential } : "invalid";
}
