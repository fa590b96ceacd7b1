import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallIntent, CredentialUse } from "@/lib/gateway/ports";
import { newId } from "@/lib/ids";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { createCallWriter, sweepKeptArguments } from "./call-writer";
import { createEdgeQuery } from "./edge";
import { createDirectory } from "./gateway-store";
import {
  argumentRules,
  dataKeys,
  members,
  oauthGrants,
  secrets,
  servers,
  serverTools,
  tokens,
  users,
  workspaces,
} from "./schema";

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t?.close());

const directory = () => createDirectory(t.query, { allowPrivate: [] });

/** A workspace with a signed-in member, their token, grant, and a server with a shared and an own secret. */
async function mint(role: "member" | "auditor" = "member") {
  const ids = {
    workspace: newId("workspace"),
    user: newId("user"),
    member: newId("member"),
    token: newId("token"),
    grant: `grant-${crypto.randomUUID()}`,
    server: newId("server"),
    key: newId("dataKey"),
  };
  const of = { workspaceId: ids.workspace };
  await t.db.insert(workspaces).values({ id: ids.workspace, slug: `w${ids.workspace.slice(-20)}`, name: "W" });
  await t.db.insert(users).values({ id: ids.user, email: `${ids.user}@example.com`, name: "P" });
  await t.db.insert(members).values({ ...of, id: ids.member, userId: ids.user, name: "P", role });
  await t.db
    .insert(tokens)
    .values({ ...of, id: ids.token, memberId: ids.member, name: "t", hash: ids.token, prefix: "mwt_ab12" });
  const client = { clientId: "c", clientName: "Claude", redirectHost: "claude.ai" };
  await t.db.insert(oauthGrants).values({ ...of, ...client, id: ids.grant, memberId: ids.member });
  const address = { url: "https://up.example/mcp", transport: "streamable-http" as const, kind: "proxy" as const };
  await t.db.insert(servers).values({ ...of, ...address, id: ids.server, slug: "srv", name: "S" });
  await t.db.insert(dataKeys).values({ ...of, id: ids.key, masterKeyId: "m", wrapped: "w" });
  const secret = { ...of, serverId: ids.server, name: "KEY", version: 1, origin: "https://up.example" };
  for (const memberId of [null, ids.member])
    await t.db
      .insert(secrets)
      .values({ ...secret, id: newId("secret"), memberId, sealed: `of-${memberId}`, dataKeyId: ids.key });
  return ids;
}
const versionsOf = async (id: string) => (await directory().readVersions([id]))[0];

describe("findGrant", () => {
  it("tells whose grant it is, over both drivers", async () => {
    const w = await mint();
    const expected = {
      tokenId: w.grant,
      tokenPrefix: "oauth",
      method: "oauth",
      workspaceId: w.workspace,
      memberId: w.member,
      email: `${w.user}@example.com`,
      accessVersion: 1,
      expiresAt: null,
      toolScope: null,
    };
    expect(await directory().findGrant(w.grant)).toMatchObject(expected);
    const edge = createDirectory(createEdgeQuery(t.url), { allowPrivate: [] });
    expect(await edge.findGrant(w.grant)).toMatchObject(expected);
    expect(await edge.readVersions([w.workspace, "ws_none"])).toEqual([
      { id: w.workspace, version: 1, accessVersion: 1 },
    ]);
  });

  it("knows none that is unknown, revoked, expired or whose person is disabled", async () => {
    const w = await mint();
    expect(await directory().findGrant("nobody")).toBeNull();
    expect(await directory().findGrant(w.token)).toBeNull();
    for (const column of ["revoked_at", "expires_at"]) {
      await t.query(`update oauth_grants set ${column} = now() - interval '1 second' where id = $1`, [w.grant]);
      expect(await directory().findGrant(w.grant), column).toBeNull();
      await t.query(`update oauth_grants set ${column} = null where id = $1`, [w.grant]);
    }
    expect(await directory().findGrant(w.grant)).not.toBeNull();
    await t.query("update users set disabled_at = now() where id = $1", [w.user]);
    expect(await directory().findGrant(w.grant)).toBeNull();
    expect(await directory().findToken(w.token)).toBeNull();
  });
});

it("an auditor's token and grant open nothing", async () => {
  const w = await mint("auditor");
  expect(await directory().findToken(w.token)).toBeNull();
  expect(await directory().findGrant(w.grant)).toBeNull();
});

it("a scope and an end come along, the end by the database's clock", async () => {
  const w = await mint();
  const scope = { readOnly: true, servers: { [w.server]: ["echo"] } };
  await t.query("update members set tool_scope = $1 where id = $2", [JSON.stringify(scope), w.member]);
  await t.query("update tokens set expires_at = now() + interval '90 seconds' where id = $1", [w.token]);
  const found = await directory().findToken(w.token);
  expect(found?.toolScope).toEqual(scope);
  expect(Math.abs((found?.expiresAt ?? 0) - Date.now() - 90_000)).toBeLessThan(2_000);
});

it("an ended session raises the version of access, once", async () => {
  const w = await mint();
  const session = { id: newId("call"), tokenId: w.token, workspaceId: w.workspace, expiresAt: Date.now() + 60_000 };
  await directory().endSession(session);
  await directory().endSession(session);
  expect(await versionsOf(w.workspace)).toEqual({ id: w.workspace, version: 1, accessVersion: 2 });
});

describe("touch", () => {
  const row = async (table: "tokens" | "oauth_grants" | "secrets", where: string) =>
    (await t.query<Record<string, unknown>>(`select * from ${table} where ${where}`))[0];
  const use = (w: Awaited<ReturnType<typeof mint>>, change: Partial<CredentialUse> = {}): CredentialUse => ({
    workspaceId: w.workspace,
    method: "token",
    tokenId: w.token,
    sourceIp: "192.0.2.1",
    client: "cursor 1.2",
    listed: false,
    secrets: [],
    ...change,
  });

  it("remembers who used what, at most once a minute, and raises no version", async () => {
    const w = await mint();
    await directory().touch(use(w, { client: null }));
    expect(await row("tokens", `id = '${w.token}'`)).toMatchObject({
      last_used_ip: "192.0.2.1",
      last_used_client: null,
    });
    await directory().touch(use(w, { client: "cur\0sor" }));
    await directory().touch(use(w, { sourceIp: "192.0.2.2", client: "other" }));
    expect(await row("tokens", `id = '${w.token}'`)).toMatchObject({
      last_used_ip: "192.0.2.1",
      last_used_client: "cur\\u0000sor",
    });
    await t.query("update tokens set last_used_at = now() - interval '1 minute' where id = $1", [w.token]);
    await directory().touch(use(w, { sourceIp: "192.0.2.2", client: "other" }));
    expect(await row("tokens", `id = '${w.token}'`)).toMatchObject({ last_used_ip: "192.0.2.2" });
    expect(await row("tokens", `id = '${w.token}'`)).toMatchObject({ listed_at: null });
    await directory().touch(use(w, { listed: true }));
    expect((await row("tokens", `id = '${w.token}'`))?.listed_at).not.toBeNull();
    await directory().touch(use(w, { method: "oauth", tokenId: w.grant }));
    expect(await row("oauth_grants", `id = '${w.grant}'`)).toMatchObject({ last_used_client: "cursor 1.2" });
    expect(await versionsOf(w.workspace)).toMatchObject({ version: 1, accessVersion: 1 });
  });

  it("marks exactly the secret rows that were used, of this workspace only", async () => {
    const [w, other] = [await mint(), await mint()];
    const own = [{ serverId: w.server, name: "KEY", memberId: w.member }];
    await directory().touch(use(w, { workspaceId: other.workspace, tokenId: w.token, secrets: own }));
    expect((await row("secrets", `member_id = '${w.member}'`))?.last_used_at).toBeNull();
    expect((await row("tokens", `id = '${w.token}'`))?.last_used_at).toBeNull();
    await directory().touch(use(w, { secrets: own }));
    expect((await row("secrets", `member_id = '${w.member}'`))?.last_used_at).not.toBeNull();
    const shared = `server_id = '${w.server}' and member_id is null`;
    expect((await row("secrets", shared))?.last_used_at).toBeNull();
    await directory().touch(use(w, { secrets: [{ serverId: w.server, name: "KEY", memberId: null }] }));
    expect((await row("secrets", shared))?.last_used_at).not.toBeNull();
  });
});

it("a workspace comes with its members' values, modes, rules and whether arguments are kept", async () => {
  const w = await mint();
  await t.query(`update servers set secret_modes = '{"KEY":"member"}' where id = $1`, [w.server]);
  await t.query("update workspaces set keep_arguments_days = 7 where id = $1", [w.workspace]);
  const conditions = [{ path: ["a"], operator: "lte" as const, value: 1, optional: false }];
  const rule = { id: newId("call"), serverId: w.server, tool: "pay", memberId: w.member, role: null, conditions };
  await t.db.insert(argumentRules).values({ ...rule, workspaceId: w.workspace });
  const snapshot = await directory().readWorkspace(w.workspace);
  expect(snapshot?.servers[0]).toMatchObject({ secretModes: { KEY: "member" } });
  expect(snapshot?.servers[0]?.secrets.map(({ memberId, sealed }) => [memberId, sealed])).toEqual([
    [null, "of-null"],
    [w.member, `of-${w.member}`],
  ]);
  expect([snapshot?.rules, snapshot?.keepArguments]).toEqual([[rule], true]);
});

it("tells of names, search mode, the cap of results, and what a server was found to speak", async () => {
  const w = await mint();
  await t.query("UPDATE workspaces SET name_length = 64, search_mode = true, result_cap = 9000 WHERE id = $1", [
    w.workspace,
  ]);
  const tool = { name: "echo", alias: "say", description: "Says it" };
  await t.db.insert(serverTools).values({ ...tool, serverId: w.server, workspaceId: w.workspace, definition: "{}" });
  const name = { workspace_id: w.workspace, server_id: w.server, tool: "echo" };
  const insert = `INSERT INTO former_names (workspace_id, server_id, tool, name, until)
    VALUES ($1, $2, $3, $4, now() + $5::interval)`;
  await t.query(insert, [...Object.values(name), "srv__old", "1 day"]);
  await t.query(insert, [...Object.values(name), "srv__older", "-1 second"]);
  const probed = "UPDATE servers SET protocol_version = $2, capabilities = $3 WHERE id = $1";
  for (const [version, era] of [
    ["2026-07-28", "modern"],
    ["2025-11-25", "legacy"],
  ]) {
    await t.query(probed, [w.server, version, '{"tools":{"listChanged":true}}']);
    const snapshot = await directory().readWorkspace(w.workspace);
    expect(snapshot).toMatchObject({
      nameLength: 64,
      searchMode: true,
      resultCap: 9_000,
      formerNames: [{ name: "srv__old", serverId: w.server, tool: "echo" }],
      servers: [
        { era, capabilities: { tools: { listChanged: true } }, tools: [{ alias: "say", description: "Says it" }] },
      ],
    });
    expect(snapshot?.formerNames).toHaveLength(1);
  }
});

it("kept arguments go when their term is over, when it is set to 0, and with their workspace; the rows stay", async () => {
  const w = await mint();
  const day = 24 * 3_600_000;
  const now = Date.now();
  const row = (occurredAt: number, workspaceId = w.workspace) =>
    ({
      id: newId("call", occurredAt),
      workspaceId,
      occurredAt,
      memberId: w.member,
      actorName: "P",
      actorRole: "member",
      tokenId: w.grant,
      tokenPrefix: "oauth",
      authMethod: "oauth",
      argsSealed: "v1.a.b",
      argsKeyId: w.key,
      requestId: "r",
      method: "tools/call",
      server: "srv",
      tool: "echo",
      requestBytes: 1,
      secretsUsed: [],
      outcome: "pending",
    }) as unknown as CallIntent;
  const intents = [row(now - 8 * day), row(now - 6 * day), row(now - day, newId("workspace"))];
  await createCallWriter(t.query)({ intents, outcomes: [] });
  await t.query("update workspaces set keep_arguments_days = 7 where id = $1", [w.workspace]);
  const kept = async () =>
    (
      await t.query<{ kept: boolean; method: string; key: string | null }>(
        `select args_sealed is not null as kept, auth_method as method, args_key_id as key from calls
        where member_id = $1 order by id`,
        [w.member],
      )
    ).map((one) => `${one.kept} ${one.method} ${one.key}`);
  expect(await kept()).toEqual(Array(3).fill(`true oauth ${w.key}`));
  expect(await sweepKeptArguments(t.query, now)).toBeGreaterThanOrEqual(2);
  expect(await kept()).toEqual(["false oauth null", `true oauth ${w.key}`, "false oauth null"]);
  await t.query("update workspaces set keep_arguments_days = 0 where id = $1", [w.workspace]);
  await sweepKeptArguments(t.query, now);
  expect(await kept()).toEqual(Array(3).fill("false oauth null"));
});
