import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApiKey } from "@/lib/services/api-key/create";
import { type Ctx, workspaceCtx } from "@/lib/services/context";
import { startApiServer } from "@/lib/testing/api-server";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintCalls, mintUser } from "@/lib/testing/factories";
import { type GuardedUpstream, guardedUpstream, toolText } from "@/lib/testing/guarded-upstream";
import { run } from "./run";

let database: TestDatabase;
let server: Awaited<ReturnType<typeof startApiServer>>;
let owner: Ctx;
let upstream: GuardedUpstream;
let env: Record<string, string | undefined>;
const home = mkdtempSync(join(tmpdir(), "aerostack-cli-"));
const CANARY = "ghp_canary123456";

beforeAll(async () => {
  database = await testDatabase();
  upstream = guardedUpstream([toolText("create_issue")], `Bearer ${CANARY}`);
  owner = await mintUser({ db: database.db, transport: upstream.transport, allowPrivate: ["127.0.0.1"] });
  server = await startApiServer(owner);
  env = {
    AEROSTACK_URL: server.url,
    AEROSTACK_API_KEY: (await createApiKey(owner, { name: "CLI" })).key,
    XDG_CONFIG_HOME: home,
  };
});
afterAll(async () => {
  await server.close();
  await database.close();
  rmSync(home, { recursive: true });
});

const sink = (into: string[]) => new Writable({ write: (chunk, _, done) => done(void into.push(String(chunk))) });

async function aerostack(argv: string[], options: { stdin?: string; env?: typeof env } = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const stdin = Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)]);
  const io = { env: options.env ?? env, stdin, stdout: sink(out), stderr: sink(err), fetch };
  const code = await run(argv, io);
  return { code, out: out.join(""), err: err.join("") };
}
async function json(argv: string[], stdin?: string): Promise<Record<string, unknown>> {
  const { code, out, err } = await aerostack([...argv, "--json"], { stdin });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out);
}

test("the examples of the README work as written", async () => {
  expect(await json(["workspace", "create", "Engineering", "--slug", "eng"])).toMatchObject({
    slug: "eng",
    name: "Engineering",
  });
  const header = "Authorization: Bearer {{GITHUB_TOKEN}}";
  const added = await json([
    "mcp",
    "add",
    "eng",
    "--slug",
    "github",
    "--url",
    "http://127.0.0.1:3001/mcp",
    "--header",
    header,
  ]);
  expect(added).toMatchObject({ missingSecrets: ["GITHUB_TOKEN"], probe: { ok: false, problem: "missing_secret" } });

  const set = await aerostack(["secrets", "set", "eng", "github", "GITHUB_TOKEN"], { stdin: `${CANARY}\n` });
  expect(set.code).toBe(0);
  expect(set.out).toMatch(/GITHUB_TOKEN.*127\.0\.0\.1:3001.*1 tool/);
  expect(set.err).toContain("line break");
  expect(upstream.requests.length).toBeGreaterThan(0);

  const token = await json(["workspace", "token", "create", "eng", "--name", "Alice Chen"]);
  expect(token).toMatchObject({
    id: expect.stringMatching(/^tok_/),
    token: expect.stringMatching(/^mwt_/),
    mcp_json: { mcpServers: { eng: {} } },
  });
  expect(await json(["workspace", "token", "revoke", "eng", String(token.id)])).toMatchObject({ status: "revoked" });

  await mintCalls(await workspaceCtx(owner, "eng"), [{ tool: "=1+1" }]);
  expect(await json(["calls", "list", "eng"])).toMatchObject({
    calls: [{ tool: "=1+1", server: "github" }],
    nextCursor: null,
  });
  const csv = await aerostack(["calls", "export", "eng", "--format", "csv"]);
  expect(csv).toMatchObject({ code: 0, err: "" });
  expect(csv.out.split("\r\n").slice(0, 2)).toEqual([
    expect.stringMatching(/^event_id,occurred_at,/),
    expect.stringContaining(`"'=1+1"`),
  ]);
});

test("lists, deletions and a file export", async () => {
  await json(["workspace", "create", "Second", "--slug", "second"]);
  expect(await json(["workspace", "list"])).toMatchObject({
    workspaces: expect.arrayContaining([expect.objectContaining({ slug: "second" })]),
  });
  await json(["mcp", "add", "second", "--slug", "up", "--url", "http://127.0.0.1:3001/mcp"]);
  expect(await json(["mcp", "list", "second"])).toMatchObject({ servers: [{ slug: "up", status: "problem" }] });
  await json(["secrets", "set", "second", "up", "KEY"], CANARY);
  const listed = await json(["secrets", "list", "second", "up"]);
  expect(listed).toMatchObject({ secrets: [{ name: "KEY", headers: [] }], missing: [] });
  expect(JSON.stringify(listed)).not.toContain(CANARY);
  expect(await json(["secrets", "delete", "second", "up", "KEY"])).toMatchObject({ deleted: true });
  expect(await json(["workspace", "token", "list", "second"])).toEqual({ tokens: [] });
  const file = join(home, "calls.csv");
  expect(await json(["calls", "export", "second", "--output", file])).toMatchObject({
    file,
    bytes: statSync(file).size,
  });
  expect(await json(["mcp", "remove", "second", "up", "--yes"])).toMatchObject({ deleted: true });
  expect(await json(["workspace", "delete", "second", "--yes"])).toMatchObject({ deleted: true });
});

test("people are invited, promoted and removed; their tokens are revoked", async () => {
  await json(["workspace", "create", "People", "--slug", "people"]);
  const invited = await json(["invite", "a@b.test", "c@b.test", "--workspace", "people", "--role", "auditor"]);
  expect(invited).toMatchObject({
    invited: [{ email: "a@b.test", url: expect.stringContaining("/invite/mwi_"), mailed: false }, {}],
  });
  const listed = await json(["invitations", "list", "people", "--state", "pending"]);
  const [first, second] = listed.invitations as { id: string }[];
  expect(await json(["invitations", "resend", "people", first?.id ?? "", "--expires", "1"])).toMatchObject({
    url: expect.stringContaining("mwi_"),
  });
  expect(await json(["invitations", "revoke", "people", second?.id ?? ""])).toMatchObject({ state: "revoked" });
  const made = await json(["token", "create", "people", "--name", "Alice Chen"]);
  const { id } = made.member as { id: string };
  expect(await json(["token", "revoke-all", "people", id])).toMatchObject({ revoked: 1 });
  expect((await aerostack(["members", "list", "people"])).out).toMatch(/Alice Chen/);
  expect((await aerostack(["members", "role", "people", id, "admin"])).err).toContain("cannot sign in yet");
  expect(await json(["members", "remove", "people", id, "--yes"])).toMatchObject({ removed: true });
});

test("the audit log is verified on the server, exported, and verified offline; a tampered file is found out", async () => {
  await json(["workspace", "create", "Audited", "--slug", "audited"]);
  await json(["token", "create", "audited", "--name", "Bo"]);
  const file = join(home, "audit.jsonl");
  await json(["audit", "export", "--workspace", "audited", "--output", file]);
  const online = await json(["audit", "verify", "--workspace", "audited"]);
  const offline = ["audit", "verify", "--file", file];
  const nobody = { XDG_CONFIG_HOME: join(home, "nobody") };
  const checked = await aerostack([...offline, "--json"], { env: nobody });
  expect(JSON.parse(checked.out)).toMatchObject({ ok: true, checked: online.checked, head: online.head });
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  for (const [bad, where] of [
    [lines.map((line) => line.replace('"Bo"', '"Al"')), /Event [23]: This event was changed/],
    [lines.toSpliced(1, 1), /Event 2: This event is missing/],
    [lines.toSpliced(-2, 1), /from here to the end are missing/],
    [lines.slice(0, -1), /names the end is missing/],
    [[...lines, lines[0] ?? ""], /More follows/],
    [["{"], /not an exported audit log/],
  ] as const) {
    writeFileSync(file, `${bad.join("\n")}\n`);
    const { code, err } = await aerostack(offline, { env: nobody });
    expect(code).toBe(1);
    expect(err).toMatch(where);
  }
  expect((await aerostack(["audit", "verify", "--workspace", "audited", "--head", "0"])).code).toBe(1);
});

test("people get tables, free of control characters", async () => {
  await aerostack(["workspace", "create", "Third", "--slug", "third"]);
  await mintCalls(await workspaceCtx(owner, "third"), [{ tool: "x\u001b[2Jy" }]);
  const { out } = await aerostack(["calls", "list", "third"]);
  expect(out).toMatch(/TIME +WHO +TOOL/);
  expect(out).not.toContain("\u001b");
});

test.each([
  ["an unknown workspace", ["calls", "list", "nothing-there"], "not_found"],
  ["deletion unconfirmed", ["workspace", "delete", "eng"], "invalid"],
  ["a bad slug", ["workspace", "create", "x", "--slug", "api"], "invalid"],
  [
    "a header without a name",
    ["mcp", "add", "eng", "--slug", "a", "--url", "https://x.test", "--header", "x"],
    "invalid",
  ],
  ["a secret by argument", ["secrets", "set", "eng", "github", "KEY", "oops"], "usage"],
  ["an unknown command", ["workspaces"], "usage"],
  ["a missing option", ["workspace", "token", "create", "eng"], "usage"],
  ["a group alone", ["workspace"], "usage"],
  ["CSV as JSON", ["calls", "export", "eng"], "usage"],
])("%s: one JSON error on stderr, nothing on stdout, exit 1", async (_, argv, code) => {
  const result = await aerostack([...argv, "--json"], { stdin: "x" });
  expect(result).toMatchObject({ code: 1, out: "" });
  expect(JSON.parse(result.err)).toMatchObject({ error: { code, message: expect.any(String) } });
  expect(result.err).not.toContain("oops");
});

test("login checks the key, keeps it from other users, and is used only for its own address", async () => {
  const { AEROSTACK_API_KEY: key = "" } = env;
  const bare = { XDG_CONFIG_HOME: join(home, "fresh") };
  expect((await aerostack(["workspace", "list"], { env: bare })).err).toContain("aerostack login");
  const wrong = await aerostack(["login", "--url", server.url, "--api-key", `aak_${"0".repeat(49)}`], { env: bare });
  expect(wrong.code).toBe(1);
  const good = await aerostack(["login", "--url", `${server.url}/`, "--api-key", key], { env: bare });
  expect(good).toMatchObject({ code: 0, out: expect.stringContaining(owner.actor.email ?? "") });
  expect(good.out).not.toContain(key);
  const path = join(bare.XDG_CONFIG_HOME, "aerostack", "config.json");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ url: server.url, apiKey: key });
  expect((await aerostack(["workspace", "list"], { env: bare })).code).toBe(0);
  const elsewhere = { ...bare, AEROSTACK_URL: "http://127.0.0.1:9" };
  expect((await aerostack(["workspace", "list"], { env: elsewhere })).err).toContain("aerostack login");
});

test("what does not answer, or is something else, is said so", async () => {
  const dead = await aerostack(["workspace", "list", "--json"], {
    env: { ...env, AEROSTACK_URL: "http://127.0.0.1:9" },
  });
  expect(JSON.parse(dead.err)).toMatchObject({ error: { code: "unreachable" } });
  const other = await aerostack(["workspace", "list", "--json"], {
    env: { ...env, AEROSTACK_URL: `${server.url}/elsewhere` },
  });
  expect(other.code).toBe(1);
});
