import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { createEdgeQuery } from "./edge";
import { createDirectory } from "./gateway-store";
import {
  dataKeys,
  deployments,
  functions,
  members,
  secrets,
  servers,
  serverTools,
  settings,
  tokens,
  users,
  workspaces,
} from "./schema";

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t?.close());

const directory = () => createDirectory(t.query, { allowPrivate: ["10.0.0.0/8"] });

/** A workspace with one member, token, server, secret, tool and data key; all names tell whose they are. */
async function mint(tag: string = crypto.randomUUID().slice(0, 8)) {
  const ids = {
    workspace: newId("workspace"),
    member: newId("member"),
    token: newId("token"),
    server: newId("server"),
    key: newId("dataKey"),
  };
  const of = { workspaceId: ids.workspace };
  const hash = `hash-${ids.token}`;
  await t.db.insert(workspaces).values({ id: ids.workspace, slug: `ws-${tag}`, name: `Workspace ${tag}` });
  await t.db
    .insert(members)
    .values({ ...of, id: ids.member, name: `Member ${tag}`, email: `${tag}@example.com`, role: "member" });
  await t.db
    .insert(tokens)
    .values({ ...of, id: ids.token, memberId: ids.member, name: "laptop", hash, prefix: "mwt_ab12" });
  const url = `https://${tag}.example.com/mcp`;
  const headers = [{ name: "Authorization", template: "Bearer {{KEY}}" }];
  await t.db.insert(servers).values({
    ...of,
    id: ids.server,
    slug: "srv",
    name: "Server",
    kind: "proxy",
    url,
    transport: "streamable-http",
    headers,
  });
  await t.db.insert(dataKeys).values({ ...of, id: ids.key, masterKeyId: "master", wrapped: `wrapped-${tag}` });
  const origin = `https://${tag}.example.com`;
  await t.db.insert(secrets).values({
    ...of,
    id: newId("secret"),
    serverId: ids.server,
    name: "KEY",
    version: 1,
    origin,
    sealed: `sealed-${tag}`,
    dataKeyId: ids.key,
  });
  await t.db
    .insert(serverTools)
    .values({ ...of, serverId: ids.server, name: "echo", definition: `{"name":"echo","description":"${tag}"}` });
  return { ...ids, tag, hash };
}

describe("findToken", () => {
  it("tells who presents it", async () => {
    const w = await mint();
    expect(await directory().findToken(w.hash)).toEqual({
      tokenId: w.token,
      tokenPrefix: "mwt_ab12",
      workspaceId: w.workspace,
      workspaceSlug: `ws-${w.tag}`,
      workspaceVersion: 1,
      accessVersion: 1,
      method: "token",
      expiresAt: null,
      toolScope: null,
      memberId: w.member,
      name: `Member ${w.tag}`,
      email: `${w.tag}@example.com`,
      role: "member",
      endedSessions: [],
    });
  });

  it("knows no unknown, revoked or expired token, nor one of a disabled person", async () => {
    const w = await mint();
    expect(await directory().findToken("nobody")).toBeNull();
    const set = (column: string, value: Date | null) =>
      t.query(`update tokens set ${column} = $1 where id = $2`, [value, w.token]);
    for (const [column, value] of [
      ["revoked_at", new Date()],
      ["expires_at", new Date(Date.now() - 1_000)],
    ] as const) {
      await set(column, value);
      expect(await directory().findToken(w.hash)).toBeNull();
      await set(column, null);
    }
    await set("expires_at", new Date(Date.now() + 60_000));
    expect(await directory().findToken(w.hash)).not.toBeNull();
    const person = newId("user");
    await t.db.insert(users).values({ id: person, email: `${person}@example.com`, name: "P", disabledAt: new Date() });
    await t.query("update members set user_id = $1 where id = $2", [person, w.member]);
    expect(await directory().findToken(w.hash)).toBeNull();
  });

  it("shows sessions that were ended, until they expire", async () => {
    const w = await mint();
    const session = { tokenId: w.token, workspaceId: w.workspace, expiresAt: Date.now() + 60_000 };
    await directory().endSession({ ...session, id: `${w.tag}-1` });
    await directory().endSession({ ...session, id: `${w.tag}-1` });
    await directory().endSession({ ...session, id: `${w.tag}-2`, expiresAt: Date.now() - 1 });
    expect((await directory().findToken(w.hash))?.endedSessions).toEqual([`${w.tag}-1`]);
  });
});

describe("readWorkspace", () => {
  it("gives one workspace whole, and nothing of any other", async () => {
    const [w, other] = [await mint(), await mint()];
    await t.db
      .insert(settings)
      .values({ key: "allow_private_upstreams", value: ["192.168.1.5"] })
      .onConflictDoNothing();
    const snapshot = await directory().readWorkspace(w.workspace);
    expect(snapshot).toEqual({
      id: w.workspace,
      slug: `ws-${w.tag}`,
      name: `Workspace ${w.tag}`,
      version: 1,
      servers: [
        {
          id: w.server,
          slug: "srv",
          url: `https://${w.tag}.example.com/mcp`,
          transport: "streamable-http",
          era: null,
          capabilities: null,
          headers: [{ name: "Authorization", template: "Bearer {{KEY}}" }],
          secretModes: {},
          hosted: null,
          secrets: [
            {
              name: "KEY",
              memberId: null,
              version: 1,
              origin: `https://${w.tag}.example.com`,
              sealed: `sealed-${w.tag}`,
              dataKeyId: w.key,
            },
          ],
          tools: [
            {
              name: "echo",
              enabled: true,
              definition: `{"name":"echo","description":"${w.tag}"}`,
              alias: null,
              description: null,
            },
          ],
        },
      ],
      nameLength: 45,
      formerNames: [],
      searchMode: false,
      resultCap: null,
      rules: [],
      keepArguments: false,
      keepResults: false,
      redactFields: [],
      ipAllow: [],
      dataKeys: [{ id: w.key, masterKeyId: "master", wrapped: `wrapped-${w.tag}` }],
      allowPrivate: ["10.0.0.0/8", "192.168.1.5"],
    });
    expect(JSON.stringify(snapshot)).not.toContain(other.tag);
  });

  it("does not follow a row that points into another workspace", async () => {
    const [w, other] = [await mint(), await mint()];
    await t.query("update secrets set workspace_id = $1 where server_id = $2", [other.workspace, w.server]);
    await t.query("update server_tools set workspace_id = $1 where server_id = $2", [other.workspace, w.server]);
    for (const id of [w.workspace, other.workspace]) {
      const text = JSON.stringify(await directory().readWorkspace(id));
      expect(text.includes(`sealed-${w.tag}`) || text.includes(`"description\\":\\"${w.tag}`)).toBe(false);
    }
  });

  it("leaves out disabled servers, and knows no workspace that is gone", async () => {
    const w = await mint();
    await t.query("update servers set enabled = false where id = $1", [w.server]);
    expect((await directory().readWorkspace(w.workspace))?.servers).toEqual([]);
    expect(await directory().readWorkspace("ws_none")).toBeNull();
  });

  it("shows a hosted server with the deployment that answers, and none before there is one", async () => {
    const w = await mint();
    await t.query("update servers set kind = 'hosted' where id = $1", [w.server]);
    expect((await directory().readWorkspace(w.workspace))?.servers).toEqual([]);
    const [functionId, active, staged] = [newId("function"), newId("deployment"), newId("deployment")];
    const of = { workspaceId: w.workspace };
    const source = { files: {}, entry: "server.ts" };
    const built = { ...of, ...source, functionId, code: "", tools: [], startMs: 1, createdBy: "usr_1" };
    const manifest = { hosts: [], secrets: {}, limits: { deadlineMs: 1_000, concurrency: 1 } };
    const row = { ...of, ...source, id: functionId, serverId: w.server, rev: 7 };
    await t.db.insert(functions).values(row);
    await t.db.insert(deployments).values([
      { ...built, id: active, version: 1, sha256: "a".repeat(64), manifest },
      { ...built, id: staged, version: 2, sha256: "b".repeat(64), manifest },
    ]);
    expect((await directory().readWorkspace(w.workspace))?.servers, "nothing is promoted yet").toEqual([]);
    await t.query("update functions set active_deployment_id = $1 where id = $2", [active, functionId]);
    expect((await directory().readWorkspace(w.workspace))?.servers).toMatchObject([
      { id: w.server, hosted: { dep: "a".repeat(64), rev: 7 } },
    ]);
    await t.query("update functions set workspace_id = $1 where id = $2", [(await mint()).workspace, functionId]);
    expect((await directory().readWorkspace(w.workspace))?.servers, "a row of another workspace").toEqual([]);
  });

  it("reads the same over HTTP", async () => {
    const w = await mint();
    const edge = createDirectory(createEdgeQuery(t.url), { allowPrivate: ["10.0.0.0/8"] });
    expect(await edge.readWorkspace(w.workspace)).toEqual(await directory().readWorkspace(w.workspace));
    expect(await edge.findToken(w.hash)).toEqual(await directory().findToken(w.hash));
  });
});

describe("saveTools", () => {
  const version = async (id: string) => (await directory().readWorkspace(id))?.version;
  const names = async (w: { workspace: string }) =>
    (await directory().readWorkspace(w.workspace))?.servers[0]?.tools.map((tool) => tool.name);

  it("raises the version only when something differs", async () => {
    const w = await mint();
    const same = [{ name: "echo", definition: `{"name":"echo","description":"${w.tag}"}` }];
    await directory().saveTools(w.workspace, w.server, same);
    expect(await version(w.workspace)).toBe(1);
    await directory().saveTools(w.workspace, w.server, [...same, { name: "add", definition: "{}" }]);
    expect([await version(w.workspace), await names(w)]).toEqual([2, ["add", "echo"]]);
    await directory().saveTools(w.workspace, w.server, [{ name: "add", definition: '{"a":1}' }]);
    expect([await version(w.workspace), await names(w)]).toEqual([3, ["add"]]);
    await directory().saveTools(w.workspace, w.server, [{ name: "add", definition: '{"a":1}' }]);
    expect(await version(w.workspace)).toBe(3);
  });

  it("never switches on again what an admin switched off", async () => {
    const w = await mint();
    await t.query("update server_tools set enabled = false where server_id = $1", [w.server]);
    await directory().saveTools(w.workspace, w.server, []);
    await directory().saveTools(w.workspace, w.server, [{ name: "echo", definition: "{}" }]);
    expect((await directory().readWorkspace(w.workspace))?.servers[0]?.tools).toEqual([
      { name: "echo", enabled: false, definition: "{}", alias: null, description: null },
    ]);
  });

  it("writes nothing through another workspace's id, and takes hostile bytes", async () => {
    const [w, other] = [await mint(), await mint()];
    await directory().saveTools(other.workspace, w.server, [{ name: "evil", definition: "{}" }]);
    expect([await version(w.workspace), await version(other.workspace), await names(w)]).toEqual([1, 1, ["echo"]]);
    await directory().saveTools(w.workspace, w.server, [
      { name: "a\0b", definition: '{"d":"\\u0000\\ud800"}' },
      { name: "a\0b", definition: "{}" },
      { name: "a\\u0000b", definition: "\ud800" },
    ]);
    expect(await names(w)).toHaveLength(2);
  });
});
