import { createHash, randomBytes } from "node:crypto";
import Provider from "oidc-provider";
import { resourceOf, SCOPE } from "@/lib/access/access-token";
import { newId } from "@/lib/ids";
import type { WorkspaceCtx } from "@/lib/services/context";
import { createGrant } from "@/lib/services/grant/create";
import { endGrant } from "@/lib/services/grant/end";
import { authorizationQuery } from "../authorization-query";
import { configuration, issuerOf, SCOPES } from "../configuration";
import { dispatch, nodePair } from "../dispatch";
import { findAccount } from "../find-account";
import { createRecords } from "../records";

export const ORIGIN = "https://gateway.example";
export const REDIRECT = "https://client.example/cb";

/** A client's side of PKCE. */
export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

/** The authorization server on a test's database, without pages: the test says yes in the person's place. */
export function oauthWorld(ctx: WorkspaceCtx, fetch?: (url: string | URL) => Promise<Response>) {
  const world = { now: () => new Date() };
  const adapter = createRecords({
    db: ctx.db,
    now: () => world.now(),
    endGrant: (grantId) => endGrant(ctx, grantId),
  });
  const provider = new Provider(
    issuerOf(ORIGIN),
    configuration({
      origin: ORIGIN,
      adapter,
      masterKeys: ctx.masterKeys,
      cookieKeys: ["test"],
      findAccount: (memberId) => findAccount(ctx.db, memberId),
      allowFetch: () => true,
      fetch: fetch ?? (() => Promise.reject(new Error("this test fetches nothing"))),
    }),
  );

  const send = (path: string, init?: RequestInit) => dispatch(provider, ORIGIN, path, new Request(ORIGIN, init));
  const post = (path: string, form: Record<string, string>) =>
    send(path, { method: "POST", body: new URLSearchParams(form) });

  async function register(metadata: Record<string, unknown> = { redirect_uris: [REDIRECT] }): Promise<Response> {
    const body = JSON.stringify({ token_endpoint_auth_method: "none", ...metadata });
    return send("/register", { method: "POST", body, headers: { "content-type": "application/json" } });
  }

  async function newClient(metadata?: Record<string, unknown>): Promise<string> {
    const client = (await (await register(metadata)).json()) as { client_id: string };
    return client.client_id;
  }

  /** The first request; `with` replaces or (by undefined) leaves out parameters. */
  function authorize(client: string, changes: Record<string, string | undefined> = {}): Promise<Response> {
    const asked: Record<string, string | undefined> = {
      response_type: "code",
      client_id: client,
      redirect_uri: REDIRECT,
      state: "xyz",
      code_challenge: pkce().challenge,
      code_challenge_method: "S256",
      resource: resourceOf(ORIGIN, ctx.workspace.slug),
      ...changes,
    };
    const sent = Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    return send(`/authorize${authorizationQuery(new URLSearchParams(sent))}`);
  }

  /** The person agrees (or not); answers where the client is sent, with code and all. */
  async function answer(started: Response, agree = true): Promise<URL> {
    const cookie = cookiesOf(started);
    const path = new URL(started.headers.get("location") ?? "", ORIGIN).pathname;
    const { req, res } = nodePair(ORIGIN, path, new Request(ORIGIN, { headers: { cookie } }));
    const { params } = await provider.interactionDetails(req, res);
    const resource = resourceOf(ORIGIN, ctx.workspace.slug);
    const grant = new provider.Grant({ accountId: ctx.memberId, clientId: String(params.client_id) });
    grant.jti = newId("grant");
    grant.addOIDCScope(SCOPES);
    grant.addResourceScope(resource, SCOPE);
    await grant.save();
    const row = {
      id: grant.jti,
      clientId: String(params.client_id),
      clientName: "Test",
      redirectHost: "client.example",
    };
    await createGrant(ctx, { ...row, expiresAt: new Date(Date.now() + 60_000) });
    const result = agree
      ? {
          login: { accountId: ctx.memberId, remember: false },
          consent: { grantId: grant.jti },
          workspace: { resource },
        }
      : { error: "access_denied" };
    const next = new URL(await provider.interactionResult(req, res, result, { mergeWithLastSubmission: false }));
    const back = await send(next.pathname.slice("/oauth".length), { headers: { cookie } });
    return new URL(back.headers.get("location") ?? "about:blank");
  }

  /** All of it: tokens for a fresh authorization. */
  async function tokens(client: string, changes: Record<string, string | undefined> = {}): Promise<Tokens> {
    const { verifier, challenge } = pkce();
    const back = await answer(await authorize(client, { ...changes, code_challenge: challenge }));
    const response = await redeem(client, back.searchParams.get("code") ?? "", verifier);
    return (await response.json()) as Tokens;
  }

  const redeem = (client: string, code: string, verifier: string, changes: Record<string, string> = {}) =>
    post("/token", {
      grant_type: "authorization_code",
      client_id: client,
      redirect_uri: REDIRECT,
      code,
      code_verifier: verifier,
      ...changes,
    });
  const refresh = (client: string, token: string) =>
    post("/token", { grant_type: "refresh_token", client_id: client, refresh_token: token });

  return { world, provider, adapter, send, post, register, newClient, authorize, answer, tokens, redeem, refresh };
}

export interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  scope: string;
  token_type: string;
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
