import { type JWTPayload, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateMasterKey, importMasterKeys, type MasterKey } from "@/lib/crypto/master-keys";
import { fakeUpstream } from "@/lib/testing/fake-upstream";
import { gatewayWorld, type World } from "@/lib/testing/gateway-world";

const ORIGIN = "https://gateway.example";
const PING = { jsonrpc: "2.0", id: 1, method: "ping" };
const seconds = (from = 0) => Math.floor(Date.now() / 1_000) + from;
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

let world: World;
let foreignKey: MasterKey;
beforeAll(async () => {
  world = await gatewayWorld(fakeUpstream(() => ({ content: [], tools: [] })).transport);
  foreignKey = (await importMasterKeys(generateMasterKey())).current;
});
afterAll(() => world.gateway.close());

const claims = (change: JWTPayload = {}): JWTPayload => ({
  iss: `${ORIGIN}/oauth`,
  aud: `${ORIGIN}/ws/acme/mcp`,
  sub: "mem_1",
  gid: "grant_1",
  wid: "ws_1",
  scope: "mcp",
  iat: seconds(),
  exp: seconds(600),
  jti: crypto.randomUUID(),
  ...change,
});
const sign = (payload: JWTPayload, header: Record<string, string> = {}, key = world.masterKeys.current.signing) =>
  new SignJWT(payload)
    .setProtectedHeader({ alg: "HS256", typ: "at+jwt", kid: world.masterKeys.current.id, ...header })
    .sign(key);
const ping = (token: string, path = "/ws/acme/mcp") => world.post(PING, { authorization: `Bearer ${token}` }, path);
const without = (name: string) => {
  const { [name]: _, ...rest } = claims();
  return sign(rest);
};
const flipped = async (part: number) => {
  const parts = (await sign(claims())).split(".");
  const text = parts[part] ?? "";
  parts[part] = `${text[0] === "e" ? "f" : "e"}${text.slice(1)}`;
  return parts.join(".");
};

test("an access token is good for its workspace's /mcp; the grant is read once for all of a grant's tokens", async () => {
  const token = await sign(claims());
  expect((await ping(token)).status).toBe(200);
  expect((await ping(token)).status).toBe(200);
  expect((await ping(await sign(claims()))).status).toBe(200);
  expect(world.reads.grant).toBe(1);
});

describe("the same 401, without any read of the directory", () => {
  const cases: [string, () => Promise<string> | string][] = [
    ["signed by another key under our kid", () => sign(claims(), {}, foreignKey.signing)],
    ["another kid", () => sign(claims(), { kid: foreignKey.id }, foreignKey.signing)],
    ["no kid that is one", () => sign(claims(), { kid: "../../etc" })],
    ["alg none", () => `${encode({ alg: "none", typ: "at+jwt" })}.${encode(claims())}.x`],
    ["alg none, our kid", () => `${encode({ alg: "none", kid: world.masterKeys.current.id })}.${encode(claims())}.AA`],
    ["another alg", () => sign(claims(), { alg: "HS512" }, new Uint8Array(64).fill(7))],
    ["typ JWT", () => sign(claims(), { typ: "JWT" })],
    ["changed header", () => flipped(0)],
    ["changed claims", () => flipped(1)],
    ["changed signature", () => flipped(2)],
    ["expired", () => sign(claims({ iat: seconds(-700), exp: seconds(-1) }))],
    ["not yet valid", () => sign(claims({ nbf: seconds(300) }))],
    ["lives too long", () => sign(claims({ exp: seconds(3_600) }))],
    ["another workspace's audience", () => sign(claims({ aud: `${ORIGIN}/ws/other/mcp` }))],
    ["the sse endpoint's audience", () => sign(claims({ aud: `${ORIGIN}/ws/acme/sse` }))],
    ["two audiences", () => sign(claims({ aud: [`${ORIGIN}/ws/acme/mcp`, "https://evil.example"] }))],
    ["another issuer", () => sign(claims({ iss: "https://evil.example/oauth" }))],
    ["another scope", () => sign(claims({ scope: "mcpx openid" }))],
    ["gid no text", () => sign(claims({ gid: 7 }))],
    ["empty gid", () => sign(claims({ gid: "" }))],
    ["huge", () => `${"a".repeat(5_000)}.b.c`],
    ...["iss", "aud", "sub", "gid", "wid", "scope", "iat", "exp"].map((name): [string, () => Promise<string>] => [
      `no ${name}`,
      () => without(name),
    ]),
  ];
  test.each(cases)("%s", async (_what, mint) => {
    const before = { ...world.reads };
    const answer = await ping(await mint());
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([
      401,
      `Bearer resource_metadata="${ORIGIN}/.well-known/oauth-protected-resource/ws/acme/mcp", scope="mcp", error="invalid_token"`,
    ]);
    expect({ ...world.reads, versions: 0 }).toEqual({ ...before, versions: 0 });
  });
});

test("claims that the grant does not bear out are refused too", async () => {
  for (const change of [{ sub: "mem_2" }, { wid: "ws_2" }, { gid: "grant_2" }])
    expect((await ping(await sign(claims(change)))).status, JSON.stringify(change)).toBe(401);
});

test("it opens neither /sse nor another slug, and a workspace token opens both endpoints", async () => {
  const token = await sign(claims());
  expect((await ping(token, "/ws/acme/sse")).status).toBe(401);
  expect((await ping(token, "/ws/other/mcp")).status).toBe(401);
  for (const path of ["/ws/acme/sse", "/ws/acme/mcp"]) expect((await ping(world.token, path)).status).toBe(200);
});

test("without a credential the challenge on /mcp names no error, and on /sse no metadata", async () => {
  const challenge = async (path: string) =>
    (await world.post(PING, { authorization: "" }, path)).headers.get("www-authenticate");
  expect(await challenge("/ws/acme/mcp")).toBe(
    `Bearer resource_metadata="${ORIGIN}/.well-known/oauth-protected-resource/ws/acme/mcp", scope="mcp"`,
  );
  expect(await challenge("/ws/acme/sse")).toBe('Bearer error="invalid_token"');
});

test("a good token ends with its own time, though remembered, and with its grant", async () => {
  const token = await sign(claims({ exp: seconds(60) }));
  expect((await ping(token)).status).toBe(200);
  world.hooks.now = 61_000;
  expect((await ping(token)).status).toBe(401);
  world.hooks.now = 0;
  world.hooks.revoked = true;
  world.gateway.refresh();
  expect((await ping(token)).status).toBe(401);
});
