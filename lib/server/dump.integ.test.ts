import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCallWriter } from "@/db/call-writer";
import { createDirectory } from "@/db/gateway-store";
import { createKeptResults } from "@/db/kept-results";
import { dataKeys, masterKeys, secrets, servers } from "@/db/schema";
import { openDataKey } from "@/lib/crypto/data-key";
import { generateMasterKey, importMasterKeys } from "@/lib/crypto/master-keys";
import { openSecret } from "@/lib/crypto/secret";
import { createGateway } from "@/lib/gateway/handler";
import { createLog } from "@/lib/log";
import { createApiKey } from "@/lib/services/api-key/create";
import { createInvitations } from "@/lib/services/invitation/create";
import { setSecretMode } from "@/lib/services/secret/set-mode";
import { setOwnSecret } from "@/lib/services/secret/set-own";
import { bindingOf } from "@/lib/services/secret/store";
import { addServer } from "@/lib/services/server/add";
import { createToken } from "@/lib/services/token/create";
import { updateWorkspaceSettings } from "@/lib/services/workspace/update-settings";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { mintMember, mintWorkspace } from "@/lib/testing/factories";
import { fakeUpstream } from "@/lib/testing/fake-upstream";
import { noteMasterKeys } from "./master-key";
import { nodeCryptoPort } from "./node-crypto";

/** A stolen database without the master key: what is in it, and what it is good for. */
const MASTER_KEY = generateMasterKey();
const CANARIES: Record<string, string> = { "the master key": MASTER_KEY };
let database: TestDatabase;
let dump: string;

/** A value that nothing else looks like, with characters that each encoding spells differently. */
const canary = (name: string): string => {
  const value = `${crypto.randomUUID()}/+?&=~${"a".repeat(40)}`;
  CANARIES[name] = value;
  return value;
};

beforeAll(async () => {
  database = await testDatabase();
  await seed();
  dump = database.kind === "postgres" ? pgDump() : await allRows();
});
afterAll(() => database.close());

/** One of everything that holds something secret, and an upstream that repeats what it is sent wherever it can. */
async function seed(): Promise<void> {
  const keys = await importMasterKeys(MASTER_KEY);
  await noteMasterKeys(database.db, keys.ids);
  const { transport } = fakeUpstream(({ method, params }, { headers }) => {
    const echo = JSON.stringify(headers);
    if (method === "tools/call")
      return { isError: true, content: [{ type: "text", text: `${echo} ${JSON.stringify(params)}` }] };
    return { tools: [{ name: "echo", description: echo, inputSchema: { type: "object" } }] };
  });
  const world = { db: database.db, transport };
  const owner = { ...(await mintWorkspace(world)), masterKeys: keys };
  const headers = [
    { name: "X-Shared", template: "{{SHARED}}" },
    { name: "X-Own", template: "{{OWN}}" },
    { name: "X-Basic", template: "Basic {{b64:SHARED:OWN}}" },
  ];
  const values = { SHARED: canary("a shared secret"), OWN: canary("a secret nobody uses") };
  await addServer(owner, { slug: "up", url: "https://up.example.com/mcp", headers, secrets: values });
  await setSecretMode(owner, { server: "up", name: "OWN", mode: "member_or_shared" });
  const member = { ...(await mintMember(owner, "member", world)), masterKeys: keys };
  await setOwnSecret(member, { server: "up", name: "OWN", value: canary("an own secret") });
  await updateWorkspaceSettings(owner, { keepArgumentsDays: 30 });
  const { token } = await createToken(member, { name: "laptop" });
  CANARIES["a token"] = token;
  CANARIES["an API key"] = (await createApiKey(owner, { name: "ci" })).key;
  const [invited] = await createInvitations(owner, { emails: ["new@example.com"], role: "member", expiresInDays: 1 });
  CANARIES["an invitation"] = invited?.url?.split("/").at(-1) ?? "";
  await call(owner.workspace.slug, token, { secret: canary("an argument") }, transport, keys);
}

async function call(
  slug: string,
  token: string,
  args: object,
  transport: Parameters<typeof createGateway>[0]["transport"],
  keys: Parameters<typeof createGateway>[0]["masterKeys"],
): Promise<void> {
  const gateway = createGateway({
    directory: createDirectory(database.query, { allowPrivate: [] }),
    writeCalls: createCallWriter(database.query),
    relay: null,
    keptResults: createKeptResults(database.query),
    transport,
    functions: null,
    masterKeys: keys,
    publicUrl: "https://gateway.example",
    now: Date.now,
    crypto: nodeCryptoPort,
    defer: () => undefined,
    log: createLog(() => undefined),
  });
  const common = { host: "gateway.example", authorization: `Bearer ${token}`, "content-type": "application/json" };
  const send = (message: object, more: Record<string, string> = {}) => {
    const headers = { ...common, accept: "application/json, text/event-stream", ...more };
    const init = { method: "POST", headers, body: JSON.stringify({ jsonrpc: "2.0", ...message }) };
    return gateway.handle(new Request(`https://gateway.example/ws/${slug}/mcp`, init), { sourceIp: null });
  };
  const clientInfo = { name: "test", version: "1" };
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
  const session = (await send({ id: 1, method: "initialize", params })).headers.get("mcp-session-id") ?? "";
  for (let id = 2; id < 40; id++) {
    const message = { id, method: "tools/call", params: { name: "up__echo", arguments: args } };
    expect(await (await send(message, { "mcp-session-id": session })).text()).toContain("isError");
  }
  await gateway.close();
}

async function tables(): Promise<string[]> {
  const names = await database.query<{ name: string }>(
    // Without partitions: their rows are those of the table that they are parts of.
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
  );
  return names.map(({ name }) => name);
}

async function allRows(): Promise<string> {
  const parts: string[] = [];
  for (const table of await tables()) {
    const rows = await database.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${table} t`);
    parts.push(table, ...rows.map(({ row }) => row));
  }
  return parts.join("\n");
}

function pgDump(): string {
  const { hostname, port, username, password } = new URL(database.url);
  const program = join(process.env.POSTGRES_BIN ?? "/usr/lib/postgresql/15/bin", "pg_dump");
  const to = ["-h", hostname, "-p", port, "-U", username, "-d", "postgres"];
  const made = spawnSync(program, to, {
    env: { ...process.env, PGPASSWORD: password },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (made.status !== 0) throw new Error(`pg_dump failed: ${made.stderr}`);
  return made.stdout;
}

/** Spellings in which a value could lie in a dump; base64 at each of the three offsets, without the characters that depend on neighbours. */
function spellings(value: string): string[] {
  const bytes = Buffer.from(value);
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .slice(offset === 0 ? 0 : 4, -4),
  );
  const url = base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"));
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    bytes.toString("hex"),
    encodeURIComponent(value),
    ...base64,
    ...url,
  ];
}

test("the dump is a real one, and the search finds every spelling", () => {
  expect(dump.length).toBeGreaterThan(20_000);
  expect(dump).toContain("new@example.com");
  const value = 'a/+?&=~"long enough';
  const bytes = Buffer.from(value);
  const hidden = [value, JSON.stringify({ value }), bytes.toString("hex"), encodeURIComponent(value)];
  for (const before of ["", "1", "12"]) {
    hidden.push(Buffer.from(`${before}${value}after`).toString("base64"));
    hidden.push(Buffer.from(`${before}${value}`).toString("base64url"));
  }
  for (const text of hidden)
    expect(
      spellings(value).some((spelling) => text.includes(spelling)),
      text,
    ).toBe(true);
});

test("no secret, token, key or argument is in it, in any spelling", () => {
  expect(Object.keys(CANARIES)).toHaveLength(8);
  for (const [name, value] of Object.entries(CANARIES)) {
    expect(value.length, name).toBeGreaterThan(40);
    for (const spelling of spellings(value)) expect(dump.includes(spelling), `${name}: ${spelling}`).toBe(false);
  }
});

test("what is sealed lies in these columns alone, and looks like noise", async () => {
  const sealed = new Map<string, Buffer[]>();
  for (const table of await tables()) {
    const rows = await database.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${table} t`);
    for (const { row } of rows) {
      for (const [column, value] of Object.entries(JSON.parse(row) as Record<string, unknown>)) {
        if (typeof value !== "string" || !/^v1\.[\w-]{16}\.[\w-]+$/.test(value)) continue;
        const name = `${table}.${column}`;
        sealed.set(name, [...(sealed.get(name) ?? []), Buffer.from(value.split(".").slice(1).join(""), "base64url")]);
      }
    }
  }
  expect([...sealed.keys()].sort()).toEqual([
    "public.calls.args_sealed",
    "public.data_keys.wrapped",
    "public.secrets.sealed",
  ]);
  const all = [...sealed.values()].flat();
  const ivs = new Set(all.map((bytes) => bytes.subarray(0, 12).toString("hex")));
  expect(ivs.size).toBe(all.length);
  // 38 times the same arguments: were the sealing not fresh each time, the bytes would repeat and this would be far lower.
  const bytes = Buffer.concat(all);
  expect(bytes.length).toBeGreaterThan(2_000);
  expect(entropy(bytes)).toBeGreaterThan(7.9);
  expect(entropy(Buffer.concat(all.map(() => all[0] ?? Buffer.alloc(0))))).toBeLessThan(7.9);
});

/** Shannon entropy in bits a byte. */
function entropy(bytes: Buffer): number {
  const counts = new Map<number, number>();
  for (const byte of bytes) counts.set(byte, (counts.get(byte) ?? 0) + 1);
  return [...counts.values()].reduce((sum, n) => sum - (n / bytes.length) * Math.log2(n / bytes.length), 0);
}

test("restored under another master key nothing opens, not even by claiming that it fits", async () => {
  const thief = await importMasterKeys(generateMasterKey());
  const wrapped = await database.db.select().from(dataKeys);
  expect(wrapped.length).toBeGreaterThan(0);
  for (const row of wrapped) {
    await expect(openDataKey(thief, row)).rejects.toThrow("is not configured");
    await expect(openDataKey(thief, { ...row, masterKeyId: thief.current.id })).rejects.toThrow("cannot be opened");
  }
  const own = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const rows = await database.db.select().from(secrets).innerJoin(servers, eq(servers.id, secrets.serverId));
  expect(rows).toHaveLength(3);
  for (const { secrets: row } of rows)
    await expect(openSecret(own, row.sealed, bindingOf(row))).rejects.toThrow("Secret cannot be opened");
  expect(await database.db.$count(masterKeys)).toBe(1);
});
