import { afterAll, beforeAll, expect, test } from "vitest";
import { createApiKey } from "@/lib/services/api-key/create";
import type { Ctx, WorkspaceCtx } from "@/lib/services/context";
import { apiHandler } from "@/lib/testing/api-server";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintCalls, mintMember, mintUser, mintWorkspace, type World } from "@/lib/testing/factories";
import { guardedUpstream, toolText } from "@/lib/testing/guarded-upstream";

let database: TestDatabase;
let world: World;
let ctx: WorkspaceCtx;
let key: string;
const lines: string[] = [];
beforeAll(async () => {
  database = await testDatabase();
  world = { db: database.db, lines, transport: guardedUpstream([toolText("a/b")]).transport };
  ctx = await mintWorkspace(world);
  key = (await createApiKey(ctx, { name: "test" })).key;
});
afterAll(() => database.close());

interface Reply {
  status: number;
  body: Record<string, unknown>;
  headers: Headers;
}
async function send(
  method: string,
  path: string,
  body?: unknown,
  options: { as?: string; base?: Ctx } = {},
): Promise<Reply> {
  const init = {
    method,
    headers: {
      authorization: `Bearer ${options.as ?? key}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  };
  const response = await apiHandler(options.base ?? ctx)(new Request(`https://gateway.example/api/v1${path}`, init));
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: /^application\/json(?:;|$)/.test(response.headers.get("content-type") ?? "") ? JSON.parse(text) : { text },
  };
}
const home = () => `/workspaces/${ctx.workspace.slug}`;

test("creation is 201, reading 200, a repeat 409, and every answer is private and named", async () => {
  const slug = `api-${crypto.randomUUID().slice(0, 8)}`;
  const made = await send("POST", "/workspaces", { name: "Engineering", slug });
  expect(made).toMatchObject({ status: 201, body: { slug, role: "owner" } });
  expect(made.headers.get("cache-control")).toBe("no-store");
  expect(made.headers.get("x-request-id")).toBeTruthy();
  expect(await send("GET", `/workspaces/${slug}`)).toMatchObject({ status: 200, body: { name: "Engineering" } });
  expect(await send("POST", "/workspaces", { name: "x", slug })).toMatchObject({
    status: 409,
    body: { error: { code: "conflict", field: "slug" } },
  });
  expect(await send("DELETE", `/workspaces/${slug}?confirm=${slug}`)).toMatchObject({
    status: 200,
    body: { deleted: true },
  });
});

test("a server, its tool, its secret and a token go round", async () => {
  const headers = [{ name: "Authorization", template: "Bearer {{KEY}}" }];
  const added = await send("POST", `${home()}/servers`, { slug: "up", url: "https://mcp.example.com/mcp", headers });
  expect(added).toMatchObject({
    status: 201,
    body: { missingSecrets: ["KEY"], probe: { ok: false, problem: "missing_secret" } },
  });
  const secret = `${home()}/servers/up/secrets/KEY`;
  expect(await send("PUT", secret, { value: "canary-1" })).toMatchObject({
    status: 201,
    body: { probe: { ok: true } },
  });
  expect(await send("PUT", secret, { value: "canary-2" })).toMatchObject({
    status: 200,
    body: { secret: { version: 2 } },
  });
  expect(await send("PUT", `${home()}/servers/up/tools/a%2Fb/enabled`, { enabled: false })).toMatchObject({
    status: 200,
    body: { enabled: false },
  });
  expect(await send("PATCH", `${home()}/servers/up`, { name: "Up" })).toMatchObject({
    status: 200,
    body: { server: { name: "Up" } },
  });
  const token = await send("POST", `${home()}/tokens`, { name: "Alice Chen" });
  expect(token).toMatchObject({
    status: 201,
    body: { token: expect.stringMatching(/^mwt_/), mcp_json: { mcpServers: {} } },
  });
  expect(await send("DELETE", `${home()}/tokens/${token.body.id}`)).toMatchObject({
    status: 200,
    body: { status: "revoked" },
  });
  expect(await send("DELETE", secret)).toMatchObject({ status: 200, body: { missingSecrets: ["KEY"] } });
  expect(await send("DELETE", `${home()}/servers/up`, { confirm: "up" })).toMatchObject({ status: 200 });
  expect(lines.join()).not.toContain("canary");
});

test.each([
  ["a field too many", "POST", "/workspaces", { name: "x", id: "ws_1" }, 422, "id"],
  ["a bad slug", "POST", "/workspaces", { name: "x", slug: "api" }, 422, "slug"],
  ["a field of a wrong type", "POST", "/workspaces", { name: 7 }, 422, "name"],
  ["a bad limit", "GET", "/workspaces/{home}/calls?limit=1e9", undefined, 422, "limit"],
  ["a bad cursor", "GET", "/workspaces/{home}/calls?cursor=%00", undefined, 422, "cursor"],
  ["a bad export filter", "GET", "/workspaces/{home}/calls.csv?from=9999-99-99", undefined, 422, "from"],
  ["a limit below 1", "GET", "/workspaces/{home}/audit?limit=-1", undefined, 422, "limit"],
  ["a day that there is not", "GET", "/workspaces/{home}/audit?from=2026-13-45", undefined, 422, "from"],
  ["a cursor of another list", "GET", "/workspaces/{home}/audit?cursor=call_1", undefined, 422, "cursor"],
  ["sorting by a prototype", "GET", "/workspaces/{home}/audit?sort=__proto__", undefined, 422, "sort"],
  [
    "an address with a line break",
    "POST",
    "/workspaces/{home}/invitations",
    { emails: ["a@b.test\r\nBcc: x@y.test"], role: "member" },
    422,
    "emails.0",
  ],
  [
    "an expiry of 2 days",
    "POST",
    "/workspaces/{home}/invitations",
    { emails: ["a@b.test"], role: "member", expiresInDays: 2 },
    422,
    "expiresInDays",
  ],
  ["an unknown role", "PUT", "/workspaces/{home}/members/1/role", { role: "root" }, 422, "role"],
  ["an unknown member", "DELETE", "/workspaces/{home}/members/1", undefined, 404, undefined],
  ["a rule of a NUL", "DELETE", "/workspaces/{home}/rules/%00", undefined, 404, undefined],
  ["a made-up invitation", "POST", "/invitations/accept", { token: "mwi_x" }, 404, undefined],
  [
    "keeping arguments for a year",
    "PATCH",
    "/workspaces/{home}/settings",
    { keepArgumentsDays: 365 },
    422,
    "keepArgumentsDays",
  ],
  ["a state change by GET", "GET", "/workspaces/{home}/tokens/revoke", undefined, 405, undefined],
  ["an unknown parameter", "GET", "/workspaces/{home}/calls?sort=id;drop", undefined, 422, "sort"],
  ["a private URL", "POST", "/workspaces/{home}/servers", { slug: "x", url: "http://127.0.0.1/" }, 422, "url"],
  ["deletion without the slug", "DELETE", "/workspaces/{home}?confirm=x", undefined, 422, "confirm"],
  ["an unknown server", "GET", "/workspaces/{home}/servers/1", undefined, 404, undefined],
  ["a NUL for an id", "DELETE", "/workspaces/{home}/tokens/%00", undefined, 404, undefined],
  ["an unknown path", "GET", "/nope", undefined, 404, undefined],
  ["a wrong method", "POST", "/workspaces/{home}/calls", {}, 405, undefined],
])("%s is refused", async (_, method, path, body, status, field) => {
  const reply = await send(method, path.replace("{home}", ctx.workspace.slug), body);
  expect(reply).toMatchObject({
    status,
    body: { error: { message: expect.any(String), requestId: expect.any(String) } },
  });
  expect((reply.body.error as { field?: string }).field).toBe(field);
});

test("an auditor reads calls, members and the audit log, and changes nothing", async () => {
  const auditor = await mintMember(ctx, "auditor", world);
  const as = (await createApiKey(auditor, { name: "a" })).key;
  await mintCalls(ctx, [{ tool: "seen" }]);
  expect(await send("GET", `${home()}/calls?tool=seen`, undefined, { as })).toMatchObject({
    status: 200,
    body: { calls: [{ tool: "seen", authMethod: "token" }] },
  });
  for (const path of ["/members", "/audit", "/audit/verify", "/invitations", "/servers", "/overview", "/calls.csv"])
    expect((await send("GET", home() + path, undefined, { as })).status, path).toBe(200);
  const exported = await send("GET", `${home()}/audit.jsonl`, undefined, { as });
  expect(exported.headers.get("content-type")).toMatch(/^application\/jsonl/);
  expect(exported.headers.get("content-disposition")).toMatch(/^attachment; filename="audit_[A-Za-z0-9._-]+\.jsonl"$/);
  for (const [method, path, body] of [
    ["POST", "/tokens", { name: "x" }],
    ["POST", "/invitations", { emails: ["a@b.test"], role: "member" }],
    ["PUT", `/members/${auditor.memberId}/role`, { role: "owner" }],
    ["PATCH", "/settings", { keepArgumentsDays: 1 }],
    ["GET", "/rules", undefined],
    ["PATCH", "", { name: "x" }],
  ] as const)
    expect((await send(method, home() + path, body, { as })).status, path).toBe(403);
});

test("foreign and unknown workspaces answer alike, byte for byte but for the request id", async () => {
  const foreign = await mintWorkspace(world);
  const bare = ({ status, body }: Reply) => [status, { ...(body.error as object), requestId: "" }];
  const answer = bare(await send("GET", `/workspaces/${foreign.workspace.slug}`));
  expect(answer[0]).toBe(404);
  expect(bare(await send("GET", "/workspaces/nothing-there"))).toEqual(answer);
  expect(bare(await send("GET", "/workspaces/A%00"))).toEqual(answer);
});

test("no key, a wrong and a revoked key: 401 with the way in; a plain member: 403", async () => {
  for (const as of ["", "aak_", `aak_${"x".repeat(49)}`]) {
    const reply = await send("GET", "/me", undefined, { as });
    expect(reply).toMatchObject({ status: 401, body: { error: { code: "unauthorized" } } });
    expect(reply.headers.get("www-authenticate")).toMatch(/^Bearer/);
  }
  const member = await mintMember(ctx, "member", world);
  const as = (await createApiKey(member, { name: "m" })).key;
  expect(await send("GET", `${home()}/audit`, undefined, { as })).toMatchObject({ status: 403 });
  expect(await send("GET", `${home()}/servers`, undefined, { as })).toMatchObject({ status: 200 });
  expect(await send("GET", "/instance", undefined, { as })).toMatchObject({ status: 403 });
});

test("an export is a safe download of the filtered rows", async () => {
  const owner = await mintWorkspace(world);
  const as = (await createApiKey(owner, { name: "x" })).key;
  await mintCalls(owner, [{ tool: "=1+1" }, { tool: "other" }]);
  const path = `/workspaces/${owner.workspace.slug}/calls.csv?tool=${encodeURIComponent("=1+1")}`;
  const reply = await send("GET", path, undefined, { as });
  expect(reply.status).toBe(200);
  expect(reply.headers.get("content-type")).toMatch(/^text\/csv/);
  expect(reply.headers.get("content-disposition")).toMatch(/^attachment; filename="[A-Za-z0-9._-]+"$/);
  expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
  expect(String(reply.body.text).split("\r\n")).toHaveLength(3);
  expect(reply.body.text).toContain(`"'=1+1"`);
});

test("an unforeseen error says nothing of itself, and is logged under the id that the caller sees", async () => {
  const user = await mintUser(world);
  const as = (await createApiKey(user, { name: "x" })).key;
  const broken = Object.assign(new Error("relation secret_table"), { code: "42P01" });
  const base: Ctx = { ...ctx, now: () => new Date(), log: ctx.log };
  let asked = 0;
  const db = new Proxy(ctx.db, {
    get(target, name, receiver) {
      if (name === "select" && asked++ > 0) throw broken;
      return Reflect.get(target, name, receiver);
    },
  });
  const reply = await send("GET", "/workspaces", undefined, { as, base: { ...base, db } });
  expect(reply).toMatchObject({ status: 500, body: { error: { code: "internal" } } });
  expect(JSON.stringify(reply.body)).not.toMatch(/relation|42P01/);
  const { requestId } = reply.body.error as { requestId: string };
  expect(lines.find((line) => line.includes(requestId))).toContain("42P01");
});
