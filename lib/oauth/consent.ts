import { resourceOf, SCOPE } from "@/lib/access/access-token";
import { runtime } from "@/lib/auth/runtime";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { createGrant } from "@/lib/services/grant/create";
import { cleanName } from "./client-policy";
import { LIFETIMES, SCOPES } from "./configuration";
import { nodePair } from "./dispatch";
import { originOf } from "./origin";
import { providerFor } from "./provider";
import { type RedirectKind, redirectHost, redirectKind } from "./redirect-uri";
import { slugOf } from "./resource";

/** A client that waits for a person's word. All of it but the redirect address is the client's own claim. */
export interface Consent {
  uid: string;
  client: {
    id: string;
    /** Null: it gave none. */
    name: string | null;
    /** Host that its metadata document lies on; null: it only registered. */
    host: string | null;
  };
  redirect: { host: string; kind: RedirectKind };
  /** The workspace it asks for; null: it named none, the person chooses. */
  slug: string | null;
}

async function find(headers: Headers, uid: string) {
  const origin = originOf(headers, (await runtime()).env);
  if (origin === null) return null;
  const provider = await providerFor(origin);
  const path = `/consent/${encodeURIComponent(uid)}`;
  const request = new Request(origin, { headers: { cookie: headers.get("cookie") ?? "" } });
  const { req, res } = nodePair(origin, path, request);
  // Only the browser that started the authorization has its signed cookie.
  const interaction = await provider.interactionDetails(req, res).catch(() => null);
  return interaction?.uid === uid ? { origin, provider, interaction, req, res } : null;
}

/** The authorization that this browser is in the middle of; null: over, answered, or another browser's. */
export async function findConsent(headers: Headers, uid: string): Promise<Consent | null> {
  const found = await find(headers, uid);
  if (!found) return null;
  const { origin, provider, interaction } = found;
  const { client_id: id, redirect_uri: uri, resource } = interaction.params;
  const kind = typeof uri === "string" ? redirectKind(uri) : null;
  const client = typeof id === "string" ? await provider.Client.find(id) : undefined;
  if (!client || kind === null || typeof uri !== "string") return null;
  const host = URL.canParse(client.clientId) ? new URL(client.clientId).host : null;
  return {
    uid,
    client: { id: client.clientId, name: cleanName(client.clientName) ?? host, host },
    redirect: { host: redirectHost(uri), kind },
    slug: typeof resource === "string" ? slugOf(origin, resource) : null,
  };
}

const OVER = "This request is over. Go back to the app and connect again.";

/**
 * Lets the client use the workspace in the acting member's name. What it gets, and that it got it, is written down
 * before the browser may go on.
 * @returns where the browser continues
 * @throws AppError `forbidden`, `not_found`, `conflict` where the client asked for another workspace
 */
export async function approve(ctx: WorkspaceCtx, headers: Headers, uid: string): Promise<string> {
  requirePermission(ctx, "gateway.use");
  const [found, consent] = await Promise.all([find(headers, uid), findConsent(headers, uid)]);
  if (!found || !consent) throw new AppError("not_found", OVER);
  if (consent.slug !== null && consent.slug !== ctx.workspace.slug)
    throw new AppError("conflict", "The app asked for another workspace.");
  const { origin, provider, req, res } = found;
  const resource = resourceOf(origin, ctx.workspace.slug);
  const grant = new provider.Grant({ accountId: ctx.memberId, clientId: consent.client.id });
  grant.jti = newId("grant", ctx.now().getTime());
  grant.addOIDCScope(SCOPES);
  grant.addResourceScope(resource, SCOPE);
  await grant.save(); // opens nothing by itself: a code comes only after the next two
  await createGrant(ctx, {
    id: grant.jti,
    clientId: consent.client.id,
    clientName: consent.client.name ?? "An app without a name",
    redirectHost: consent.redirect.host,
    expiresAt: new Date(ctx.now().getTime() + LIFETIMES.refreshToken * 1_000),
  });
  const result = {
    login: { accountId: ctx.memberId, remember: false },
    consent: { grantId: grant.jti },
    workspace: { resource },
  };
  return provider.interactionResult(req, res, result, { mergeWithLastSubmission: false });
}

/** Sends the client away. @returns where the browser continues @throws AppError `not_found` */
export async function deny(headers: Headers, uid: string): Promise<string> {
  const found = await find(headers, uid);
  if (!found) throw new AppError("not_found", OVER);
  const { provider, req, res } = found;
  const result = { error: "access_denied", error_description: "The person did not agree." };
  return provider.interactionResult(req, res, result, { mergeWithLastSubmission: false });
}
