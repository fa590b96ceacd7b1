import GitHub from "next-auth/providers/github";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { Env } from "@/lib/env";

type Settings = Env["signIn"];

/** What our providers say of a person. */
export interface ProviderUser {
  /** The provider's own id for the person. */
  id: string;
  /** As the provider wrote it (next-auth changes `email`). */
  address: string | null;
  emailVerified: boolean;
  name: string | null;
}

/** A button on the sign-in page. */
interface ProviderButton {
  id: string;
  name: string;
}

/** What may be chosen besides a password, in the order of the buttons. */
export function providerButtons({ oidc, github, google }: Settings): ProviderButton[] {
  return [
    ...(oidc ? [{ id: "oidc", name: oidc.name }] : []),
    ...(google ? [{ id: "google", name: "Google" }] : []),
    ...(github ? [{ id: "github", name: "GitHub" }] : []),
  ];
}

/** The configured providers for next-auth, each with all checks on that it can do. */
export function authProviders({ oidc, github, google }: Settings) {
  return [
    ...(oidc ? [openId({ id: "oidc", ...oidc })] : []),
    ...(google ? [openId({ id: "google", name: "Google", issuer: "https://accounts.google.com", ...google })] : []),
    ...(github ? [gitHub(github)] : []),
  ];
}

interface Claims {
  sub: string;
  email?: string;
  email_verified?: boolean | string;
  name?: string;
  preferred_username?: string;
}

/** OpenID Connect: discovery, code flow with PKCE, state and nonce. Claims that the ID token lacks come from userinfo. */
function openId(settings: {
  id: string;
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
}): OAuthConfig<Claims> {
  const { id, name, issuer, clientId, clientSecret } = settings;
  return {
    id,
    name,
    type: "oauth",
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid email profile" } },
    checks: ["pkce", "state", "nonce"],
    idToken: true,
    clientId,
    clientSecret,
    httpOptions: { timeout: 10_000 },
    userinfo: {
      // openid-client has checked the ID token by now, and compares userinfo's subject with it
      async request({ client, tokens }) {
        const claims = (tokens as { claims?(): Claims }).claims?.();
        if (claims?.email && claims.email_verified !== undefined) return claims;
        return { ...claims, ...(await client.userinfo<Claims>(tokens as Parameters<typeof client.userinfo>[0])) };
      },
    },
    profile: ({ sub, email, email_verified, name: full, preferred_username }) =>
      toUser({
        id: sub,
        address: email ?? null,
        emailVerified: email_verified === true || email_verified === "true",
        name: full ?? preferred_username ?? null,
      }),
  };
}

interface GitHubEmail {
  email: string;
  primary: boolean;
  verified: boolean;
}

/** GitHub's public profile may hold any address; only its list of addresses says which are verified. */
function gitHub({ clientId, clientSecret }: { clientId: string; clientSecret: string }) {
  return GitHub({
    clientId,
    clientSecret,
    checks: ["pkce", "state"],
    httpOptions: { timeout: 10_000 },
    userinfo: {
      url: "https://api.github.com/user",
      async request({ client, tokens }) {
        const profile = await client.userinfo(tokens.access_token ?? "");
        const answer = await fetch("https://api.github.com/user/emails", {
          headers: { Authorization: `Bearer ${tokens.access_token}`, Accept: "application/vnd.github+json" },
          signal: AbortSignal.timeout(10_000),
        });
        return { ...profile, email: answer.ok ? primaryAddress(await answer.json()) : undefined };
      },
    },
    profile: ({ id, email, name, login }) =>
      toUser({ id: String(id), address: email ?? null, emailVerified: Boolean(email), name: name ?? login }),
  });
}

/** The primary address of a GitHub account if it is verified. @param emails what `GET /user/emails` answered */
export function primaryAddress(emails: unknown): string | undefined {
  const list: Partial<GitHubEmail>[] = Array.isArray(emails) ? emails : [];
  return list.find(({ primary, verified }) => primary === true && verified === true)?.email;
}

/** next-auth wants a `User`; `email` stays out of it, because next-auth would change its case. */
const toUser = (user: ProviderUser): ProviderUser => user;
