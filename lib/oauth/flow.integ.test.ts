import { eq } from "drizzle-orm";
import { decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEvents } from "@/db/schema/audit-events";
import { members } from "@/db/schema/members";
import { oauthGrants } from "@/db/schema/oauth-grants";
import { oauthRecords } from "@/db/schema/oauth-records";
import { resourceOf } from "@/lib/access/access-token";
import type { WorkspaceCtx } from "@/lib/services/context";
import { listGrants } from "@/lib/services/grant/list";
import { revokeGrant } from "@/lib/services/grant/revoke";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintMember, mintWorkspace } from "@/lib/testing/factories";
import { ORIGIN, oauthWorld, pkce, REDIRECT } from "./testing/oauth-world";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
const mint = async (): Promise<WorkspaceCtx> => mintWorkspace({ db: database.db });

test("a code gives a JWT for this workspace alone, signed by the master key, and a refresh token", async () => {
  const ctx = await mint();
  const oauth = oauthWorld(ctx);
  const client = await oauth.newClient();
  const tokens = await oauth.tokens(client);
  expect(tokens).toMatchObject({ token_type: "Bearer", scope: "mcp", expires_in: 1_200 });
  const { signing, id } = ctx.masterKeys.current;
  expect(decodeProtectedHeader(tokens.access_token)).toEqual({ alg: "HS256", typ: "at+jwt", kid: id });
  const { payload } = await jwtVerify(tokens.access_token, signing);
  const [grant] = await listGrants(ctx);
  expect(payload).toMatchObject({
    iss: `${ORIGIN}/oauth`,
    aud: resourceOf(ORIGIN, ctx.workspace.slug),
    sub: ctx.memberId,
    gid: grant?.id,
    wid: ctx.workspace.id,
    scope: "mcp",
    client_id: client,
  });
  expect(grant).toMatchObject({ status: "active", redirectHost: "client.example" });
  const stored = JSON.stringify(await ctx.db.select().from(oauthRecords));
  expect(stored).not.toContain(tokens.refresh_token);
  const last = new Date(grant?.expiresAt ?? 0).getTime() - Date.now();
  expect(Math.round(last / 86_400_000), "it lives as long as its refresh token").toBe(30);
});

test("success and error name the issuer (RFC 9207)", async () => {
  const oauth = oauthWorld(await mint());
  const client = await oauth.newClient();
  const good = await oauth.answer(await oauth.authorize(client));
  const bad = await oauth.answer(await oauth.authorize(client), false);
  for (const back of [good, bad]) {
    expect(back.origin + back.pathname).toBe(REDIRECT);
    expect(back.searchParams.get("iss")).toBe(`${ORIGIN}/oauth`);
    expect(back.searchParams.get("state")).toBe("xyz");
  }
  expect(bad.searchParams.get("error")).toBe("access_denied");
  expect(bad.searchParams.has("code")).toBe(false);
});

test("a client that names no resource gets the workspace that the person chose", async () => {
  const ctx = await mint();
  const oauth = oauthWorld(ctx);
  const tokens = await oauth.tokens(await oauth.newClient(), { resource: undefined });
  const { payload } = await jwtVerify(tokens.access_token, ctx.masterKeys.current.signing);
  expect(payload.aud).toBe(resourceOf(ORIGIN, ctx.workspace.slug));
  expect(payload.scope).toBe("mcp");
});

test("refresh tokens rotate; one used twice ends the family, its grant, and is audited", async () => {
  const ctx = await mint();
  const oauth = oauthWorld(ctx);
  const client = await oauth.newClient();
  const first = await oauth.tokens(client);
  const second = (await (await oauth.refresh(client, first.refresh_token)).json()) as typeof first;
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect(second.scope).toBe("mcp");

  const again = await oauth.refresh(client, first.refresh_token);
  expect(again.status).toBe(400);
  expect(await again.json()).toMatchObject({ error: "invalid_grant" });
  expect((await oauth.refresh(client, second.refresh_token)).status, "the rightful copy too").toBe(400);
  const [grant] = await listGrants(ctx);
  expect(grant?.status).toBe("revoked");
  const rows = await ctx.db
    .select()
    .from(oauthRecords)
    .where(eq(oauthRecords.grantId, grant?.id ?? ""));
  expect(rows).toEqual([]);
  const events = await ctx.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.targetId, grant?.id ?? ""));
  expect(events.map((event) => event.action).sort()).toEqual(["grant.create", "grant.revoke"]);
});

test("50 redeem one code at once: one gets tokens, and then they do not work", async () => {
  const ctx = await mint();
  const oauth = oauthWorld(ctx);
  const client = await oauth.newClient();
  const { verifier, challenge } = pkce();
  const back = await oauth.answer(await oauth.authorize(client, { code_challenge: challenge }));
  const code = back.searchParams.get("code") ?? "";
  const answers = await Promise.all(Array.from({ length: 50 }, () => oauth.redeem(client, code, verifier)));
  const won = answers.filter((answer) => answer.status === 200);
  expect(won.length).toBeLessThanOrEqual(1);
  expect(answers.filter((answer) => answer.status === 400).length).toBe(50 - won.length);
  expect((await listGrants(ctx))[0]?.status).toBe("revoked");
  for (const answer of won) {
    const { refresh_token } = (await answer.json()) as { refresh_token: string };
    expect((await oauth.refresh(client, refresh_token)).status).toBe(400);
  }
});

test("what a code is bound to is checked", async () => {
  const ctx = await mint();
  const oauth = oauthWorld(ctx);
  const [client, other] = [await oauth.newClient(), await oauth.newClient()];
  const { verifier, challenge } = pkce();
  const back = await oauth.answer(await oauth.authorize(client, { code_challenge: challenge }));
  const code = back.searchParams.get("code") ?? "";
  const refused = async (response: Response, error: string) => {
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error });
  };
  await refused(await oauth.redeem(other, code, verifier), "invalid_grant"); // oauth-011
  await refused(await oauth.redeem(client, code, pkce().verifier), "invalid_grant");
  await refused(await oauth.redeem(client, code, verifier, { redirect_uri: `${REDIRECT}2` }), "invalid_grant"); // oauth-012
  await refused(await oauth.redeem(client, `${code}x`, verifier), "invalid_grant");
});

test("another resource at the token step is refused", async () => {
  const ctx = await mint();
  const oauth = oauthWorld(ctx);
  const client = await oauth.newClient();
  for (const resource of [
    "https://other/ws/x/sse",
    resourceOf(ORIGIN, "other"),
    `${ORIGIN}/ws/${ctx.workspace.slug}/sse`,
  ]) {
    const { verifier, challenge } = pkce();
    const back = await oauth.answer(await oauth.authorize(client, { code_challenge: challenge }));
    const answer = await oauth.redeem(client, back.searchParams.get("code") ?? "", verifier, { resource });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: "invalid_target" }); // oauth-013
  }
});

test.each<[string, Record<string, string | undefined>, string]>([
  ["a redirect address that is not registered", { redirect_uri: "https://evil.example/cb" }, "invalid_redirect_uri"],
  ["a path trick", { redirect_uri: `${REDIRECT}/../x` }, "invalid_redirect_uri"],
  ["an extra query", { redirect_uri: `${REDIRECT}?x=1` }, "invalid_redirect_uri"],
  ["javascript", { redirect_uri: "javascript:alert(1)" }, "invalid_redirect_uri"],
  ["http", { redirect_uri: "http://evil.example/cb" }, "invalid_redirect_uri"],
  ["no redirect address", { redirect_uri: undefined }, "invalid_request"],
  ["an unknown client", { client_id: "nobody" }, "invalid_client"],
])("%s gets an error page, never a redirect", async (_, changes, error) => {
  const oauth = oauthWorld(await mint());
  const answer = await oauth.authorize(await oauth.newClient(), changes);
  expect(answer.status).toBe(400);
  expect(answer.headers.get("location")).toBeNull();
  expect(await answer.text()).toContain(error);
});

test.each<[string, Record<string, string | undefined>, string]>([
  ["PKCE plain", { code_challenge_method: "plain" }, "invalid_request"],
  ["no PKCE", { code_challenge: undefined, code_challenge_method: undefined }, "invalid_request"],
  ["a resource of somebody else", { resource: "https://other.example/mcp" }, "invalid_target"],
  ["the endpoint for pasted tokens", { resource: `${ORIGIN}/ws/acme/sse` }, "invalid_target"],
])("%s is refused by a redirect with the error", async (_, changes, error) => {
  const oauth = oauthWorld(await mint());
  const answer = await oauth.authorize(await oauth.newClient(), changes);
  const location = new URL(answer.headers.get("location") ?? "about:blank");
  expect(location.origin + location.pathname).toBe(REDIRECT);
  expect(location.searchParams.get("error")).toBe(error);
  expect(location.searchParams.get("iss")).toBe(`${ORIGIN}/oauth`);
});

test("a grant taken back, and a member removed, get no further token", async () => {
  const ctx = await mint();
  const oauth = oauthWorld(ctx);
  const client = await oauth.newClient();
  const first = await oauth.tokens(client);
  const [grant] = await listGrants(ctx);
  expect(await revokeGrant(ctx, { grant: grant?.id ?? "" })).toMatchObject({ status: "revoked" });
  expect((await oauth.refresh(client, first.refresh_token)).status).toBe(400);

  const member = await mintMember(ctx, "member", { db: ctx.db });
  const theirs = oauthWorld(member);
  const tokens = await theirs.tokens(client);
  await ctx.db.update(members).set({ role: "auditor" }).where(eq(members.id, member.memberId));
  expect((await theirs.refresh(client, tokens.refresh_token)).status, "an auditor calls no tools").toBe(400);
});

test("a client gives its refresh token back (RFC 7009), and the grant ends", async () => {
  const ctx = await mint();
  const oauth = oauthWorld(ctx);
  const client = await oauth.newClient();
  const tokens = await oauth.tokens(client);
  const other = await oauth.newClient();
  await oauth.post("/revoke", { client_id: other, token: tokens.refresh_token });
  expect((await listGrants(ctx))[0]?.status, "not by another client").toBe("active");
  expect((await oauth.post("/revoke", { client_id: client, token: tokens.refresh_token })).status).toBe(200);
  const [row] = await ctx.db.select().from(oauthGrants).where(eq(oauthGrants.memberId, ctx.memberId));
  expect(row?.revokedAt).toBeInstanceOf(Date);
});
