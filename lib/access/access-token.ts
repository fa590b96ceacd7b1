/** What our OAuth access tokens (RFC 9068 JWTs, HS256 under a key derived from the master key) carry besides the registered claims. */
export interface AccessTokenClaims {
  /** Member id. */
  sub: string;
  /** Grant id: what is listed and revoked. */
  gid: string;
  /** Workspace id. */
  wid: string;
}

/** The only scope there is: use of the workspace's tools. */
export const SCOPE = "mcp";
/** Path of the authorization server; its issuer is `<public url>/oauth`. */
export const ISSUER_PATH = "/oauth";
/** The resource (RFC 8707) and audience of a workspace. */
export const resourceOf = (publicUrl: string, slug: string): string => `${publicUrl}/ws/${slug}/mcp`;
/** Where that resource's metadata lies (RFC 9728, section 3.1: path-scoped). */
export const metadataUrlOf = (publicUrl: string, slug: string): string =>
  `${publicUrl}/.well-known/oauth-protected-resource/ws/${slug}/mcp`;
