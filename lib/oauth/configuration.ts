import { generateKeyPairSync } from "node:crypto";
import {
  type Adapter,
  type Configuration,
  errors,
  interactionPolicy,
  type JWKS,
  type KoaContextWithOIDC,
} from "oidc-provider";
import { ISSUER_PATH, SCOPE } from "@/lib/access/access-token";
import type { MasterKeys } from "@/lib/crypto/master-keys";
import { paths } from "@/lib/paths";
import { applyClientPolicy } from "./client-policy";
import { errorPage } from "./error-page";
import type { OauthAccount } from "./find-account";
import { slugOf } from "./resource";

/** Lifetimes in seconds. A grant lives as long as its refresh tokens are renewed, at most the year that is its own. */
export const LIFETIMES = {
  accessToken: 20 * 60,
  code: 60,
  refreshToken: 30 * 86_400,
  grant: 365 * 86_400,
  consent: 1_800,
};
/** All that is asked for and granted; `offline_access` only says that there are refresh tokens. */
export const SCOPES = `${SCOPE} offline_access`;

export interface ProviderPorts {
  origin: string;
  adapter: (model: string) => Adapter;
  masterKeys: MasterKeys;
  /** Keys that sign the cookies of a running authorization; the same on every node. */
  cookieKeys: string[];
  findAccount(memberId: string): Promise<OauthAccount | undefined>;
  /** Whether a client's document may be fetched for this request. */
  allowFetch(address: string | null): boolean;
  fetch(url: string | URL): Promise<Response>;
}

/** Signs ID tokens, which nobody gets (there is no `openid` scope); the library wants one, so each process makes its own. */
function unusedKeys(): JWKS {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { keys: [{ ...privateKey.export({ format: "jwk" }), alg: "ES256", use: "sig" }] } as JWKS;
}

/** The one interaction: our consent page. Every authorization passes it, whatever was allowed before. */
function policy(): interactionPolicy.Prompt[] {
  const agreed = new interactionPolicy.Check("consent", "The person has to agree", "consent_required", (ctx) =>
    ctx.oidc.result?.consent ? interactionPolicy.Check.NO_NEED_TO_PROMPT : interactionPolicy.Check.REQUEST_PROMPT,
  );
  return [new interactionPolicy.Prompt({ name: "consent", requestable: true }, agreed)];
}

/** The resource of a workspace that the person chose on the consent page, where the client named none. */
function chosenResource(ctx: KoaContextWithOIDC): string | undefined {
  const workspace = ctx.oidc.result?.workspace as { resource?: string } | undefined;
  return workspace?.resource;
}

/** What oidc-provider is told. OAuth 2.1 for MCP: codes with PKCE, resource-bound JWTs, rotating refresh tokens, public clients. */
export function configuration(ports: ProviderPorts): Configuration {
  return {
    adapter: ports.adapter,
    jwks: unusedKeys(),
    cookies: {
      keys: ports.cookieKeys,
      names: { session: "aerostack.oauth", interaction: "aerostack.consent", resume: "aerostack.resume" },
      long: { httpOnly: true, sameSite: "lax" },
      short: { httpOnly: true, sameSite: "lax" },
    },
    routes: {
      authorization: "/authorize",
      token: "/token",
      registration: "/register",
      revocation: "/revoke",
      jwks: "/jwks",
    },
    scopes: SCOPES.split(" "),
    claims: { openid: ["sub"] },
    responseTypes: ["code"],
    clientAuthMethods: ["none"],
    clientDefaults: {
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
      id_token_signed_response_alg: "ES256",
    },
    enabledJWA: { idTokenSigningAlgValues: ["ES256"] },
    // The validator runs once for each name and for nothing else; this one only makes it run.
    extraClientMetadata: {
      properties: ["aerostack_policy"],
      validator: (_ctx, _key, _value, metadata) => applyClientPolicy(metadata),
    },
    clientBasedCORS: (_ctx, origin, client) =>
      (client.redirectUris ?? []).some((uri) => URL.canParse(uri) && new URL(uri).origin === origin),
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    rotateRefreshToken: () => true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    expiresWithSession: async () => false,
    extraTokenClaims: async (ctx, token) => ({
      gid: "grantId" in token ? token.grantId : undefined,
      wid: (ctx.oidc.account as OauthAccount | undefined)?.workspaceId,
    }),
    findAccount: async (_ctx, sub) => ports.findAccount(sub),
    loadExistingGrant: async (ctx) => {
      const grantId = ctx.oidc.result?.consent?.grantId;
      return grantId ? ctx.oidc.provider.Grant.find(grantId) : undefined;
    },
    interactions: { url: (_ctx, interaction) => paths.consent(interaction.uid), policy: policy() },
    renderError: async (ctx, out) => {
      ctx.type = "html";
      ctx.body = errorPage(out.error, out.error_description);
    },
    ttl: {
      AccessToken: LIFETIMES.accessToken,
      AuthorizationCode: LIFETIMES.code,
      RefreshToken: LIFETIMES.refreshToken,
      Grant: LIFETIMES.grant,
      Interaction: LIFETIMES.consent,
      Session: LIFETIMES.consent,
      IdToken: LIFETIMES.code,
    },
    fetch: (url) => ports.fetch(url as string | URL),
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      registration: { enabled: true, issueRegistrationAccessToken: false },
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      clientIdMetadataDocument: {
        enabled: true,
        ack: "draft-02",
        allowFetch: async (ctx) => ports.allowFetch(ctx?.get("x-forwarded-for").split(",")[0]?.trim() || null),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: async (ctx, _client, oneOf) => {
          const resource = oneOf ?? chosenResource(ctx);
          return resource as string;
        },
        useGrantedResource: async () => true,
        getResourceServerInfo: async (_ctx, resource) => {
          if (slugOf(ports.origin, resource) === null)
            throw new errors.InvalidTarget(
              "resource must be the URL of a workspace, as in its protected resource metadata",
            );
          const { id, signing } = ports.masterKeys.current;
          return {
            scope: SCOPE,
            audience: resource,
            accessTokenFormat: "jwt",
            accessTokenTTL: LIFETIMES.accessToken,
            jwt: { sign: { alg: "HS256", key: Buffer.from(signing), kid: id } },
          };
        },
      },
    },
  };
}

/** Byte-equal wherever it is named. */
export const issuerOf = (origin: string): string => origin + ISSUER_PATH;
