import { createServer } from "node:http";
import Provider, { type Configuration } from "oidc-provider";

/** Who the provider says somebody is. */
export interface IdpPerson {
  subject: string;
  email?: string;
  emailVerified?: boolean;
  name?: string;
}

export interface TestIdp {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Whoever comes to the provider next is this person; nobody is asked anything. */
  person: IdpPerson;
  close(): Promise<void>;
}

/** An OpenID provider on loopback: discovery, code flow with PKCE, e-mail in userinfo alone. It knows one client. */
export async function startIdp(redirectUri: string): Promise<TestIdp> {
  const [clientId, clientSecret] = ["aerostack", "an idp secret of some length"];
  let handle: (request: unknown, response: unknown) => void = () => undefined;
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const issuer = `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
  const idp: TestIdp = {
    issuer,
    clientId,
    clientSecret,
    person: { subject: "nobody" },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const people = new Map<string, IdpPerson>();
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ["a key for tests"] },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 1 },
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => {
        const { subject, email, emailVerified, name } = people.get(accountId) ?? { subject: accountId };
        return { sub: subject, email, email_verified: emailVerified, name };
      },
    }),
    async loadExistingGrant(ctx) {
      const { client, session, provider: own } = ctx.oidc;
      const grant = new own.Grant({ clientId: client?.clientId ?? "", accountId: session?.accountId ?? "" });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  } satisfies Configuration);
  const ordinary = provider.callback();
  handle = (request, response) => {
    const [req, res] = [request, response] as Parameters<typeof ordinary>;
    if (!req.url?.startsWith("/interaction/")) return void ordinary(req, res);
    const person = { ...idp.person };
    people.set(person.subject, person);
    void provider.interactionFinished(req, res, { login: { accountId: person.subject } });
  };
  return idp;
}
