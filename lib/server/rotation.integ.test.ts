import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { and, eq, inArray, isNotNull, ne } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createCallWriter } from "@/db/call-writer";
import { createDirectory } from "@/db/gateway-store";
import { createKeptResults } from "@/db/kept-results";
import { calls, dataKeys, masterKeys, secrets, settings, workspaces } from "@/db/schema";
import { generateMasterKey, importMasterKeys, type MasterKeys } from "@/lib/crypto/master-keys";
import { createGateway } from "@/lib/gateway/handler";
import { createLog } from "@/lib/log";
import type { WorkspaceCtx } from "@/lib/services/context";
import { setSecret } from "@/lib/services/secret/set";
import { openSecrets } from "@/lib/services/secret/store";
import { addServer } from "@/lib/services/server/add";
import { findServer } from "@/lib/services/server/find";
import { createToken } from "@/lib/services/token/create";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { bundle } from "@/lib/testing/database-child";
import { mintWorkspace } from "@/lib/testing/factories";
import { fakeUpstream } from "@/lib/testing/fake-upstream";
import { toolText } from "@/lib/testing/guarded-upstream";
import { loadMasterKey, noteMasterKeys } from "./master-key";
import { masterKeySource } from "./master-key-source";
import { nodeCryptoPort } from "./node-crypto";
import { rotateDataKeys } from "./rotate-data-keys";
import { countToRewrap, rewrapDataKeys } from "./rotate-master-key";

let database: TestDatabase;
let folder: string;
let path: string;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.delete(workspaces);
  await database.db.delete(masterKeys);
  folder = await mkdtemp(join(tmpdir(), "aerostack-key-"));
  path = join(folder, "aerostack/master.key");
  return () => rm(folder, { recursive: true });
});

const source = () => masterKeySource(database.db, { masterKey: null, kmsKey: null }, path);
const upstream = () =>
  fakeUpstream(({ method }, { headers }) =>
    method === "tools/list"
      ? { tools: [JSON.parse(toolText("echo"))] }
      : { content: [{ type: "text", text: headers["X-Key"] === "the-value" ? "right" : "wrong" }] },
  ).transport;

/** A workspace whose server `s0`…`s<n>` each have the secret KEY. */
async function tenant(keys: MasterKeys, servers = 1): Promise<WorkspaceCtx> {
  const ctx = { ...(await mintWorkspace({ db: database.db, transport: upstream() })), masterKeys: keys };
  for (let i = 0; i < servers; i++) {
    const headers = [{ name: "X-Key", template: "{{KEY}}" }];
    await addServer(ctx, { slug: `s${i}`, url: "https://up.example.com/mcp", headers, secrets: { KEY: "the-value" } });
  }
  return ctx;
}

async function storedIn(ctx: WorkspaceCtx, slug: string): Promise<string | undefined> {
  return (await openSecrets(ctx, await findServer(ctx.db, ctx, slug), "https://up.example.com")).get("KEY");
}

/** As `npm run rotate-key` does with a file: the key is noted, then in the file, then everything is wrapped by it. */
async function rotateFile(settleMs: number): Promise<MasterKeys> {
  await source().add?.(async (text) => noteMasterKeys(database.db, [(await importMasterKeys(text)).current.id]));
  await sleep(settleMs);
  const { keys } = await loadMasterKey(database.db, source());
  await rewrapDataKeys(database.db, keys);
  return keys;
}

test("both rotations while calls run: none fails, secrets keep being set, and the old keys are not needed after it", async () => {
  const { keys } = await loadMasterKey(database.db, source());
  const ctx = await tenant(keys);
  await database.db.update(workspaces).set({ keepArgumentsDays: 1 }).where(eq(workspaces.id, ctx.workspace.id));
  const { token } = await createToken(ctx, { memberId: ctx.memberId, name: "laptop" });
  const log = createLog(() => undefined);
  const gateway = createGateway({
    directory: createDirectory(database.query, { allowPrivate: [] }),
    writeCalls: createCallWriter(database.query),
    relay: null,
    keptResults: createKeptResults(database.query),
    transport: upstream(),
    functions: null,
    masterKeys: keys, // follows the file by itself
    publicUrl: "https://gateway.example",
    now: Date.now,
    crypto: nodeCryptoPort,
    defer: () => undefined,
    log,
  });
  const send = async (message: object, session?: string) => {
    const headers = {
      host: "gateway.example",
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...(session && { "mcp-session-id": session }),
    };
    const url = `https://gateway.example/ws/${ctx.workspace.slug}/mcp`;
    return gateway.handle(
      new Request(url, { method: "POST", headers, body: JSON.stringify({ jsonrpc: "2.0", ...message }) }),
      {
        sourceIp: null,
      },
    );
  };
  const clientInfo = { name: "test", version: "1" };
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
  const begun = await send({ id: 0, method: "initialize", params });
  const session = begun.headers.get("mcp-session-id") ?? undefined;

  const failures: string[] = [];
  let made = 0;
  let running = true;
  const client = async () => {
    while (running) {
      made += 1;
      const answer = await send(
        { id: made, method: "tools/call", params: { name: "s0__echo", arguments: { n: made } } },
        session,
      );
      const text = await answer.text();
      if (answer.status !== 200 || !text.includes("right")) failures.push(`${answer.status} ${text.slice(0, 200)}`);
      await sleep(5);
    }
  };
  const work = [client(), client(), client(), client()];
  await sleep(300);
  const before = keys.current.id;
  const rotated = await rotateFile(300);
  await setSecret(ctx, { server: "s0", name: "KEY", value: "the-value" });
  const done = await rotateDataKeys(database.db, rotated, { settleMs: 1_500 });
  await sleep(500);
  running = false;
  await Promise.all(work);
  await gateway.close();

  expect(failures.slice(0, 3)).toEqual([]);
  expect(made).toBeGreaterThan(100);
  expect(keys.current.id).toBe(rotated.current.id);
  expect(done).toMatchObject({ workspaces: 1, secrets: 1, unreadable: 0 });
  expect(done.arguments).toBeGreaterThan(0);
  const left = await database.db.select().from(dataKeys).where(eq(dataKeys.workspaceId, ctx.workspace.id));
  expect(left).toMatchObject([{ masterKeyId: rotated.current.id }]);
  const other = and(isNotNull(calls.argsSealed), ne(calls.argsKeyId, left[0]?.id ?? ""));
  expect(await database.db.$count(calls, and(eq(calls.workspaceId, ctx.workspace.id), other))).toBe(0);

  await source().retire?.();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const alone = await importMasterKeys((await readFile(path, "utf8")).trim());
  expect(alone.ids).toEqual([rotated.current.id]);
  expect(alone.get(before)).toBeUndefined();
  expect(await storedIn({ ...ctx, masterKeys: alone }, "s0")).toBe("the-value");
}, 60_000);

test("wrapping anew that breaks off goes on where it was, and a second run changes nothing", async () => {
  const { keys } = await loadMasterKey(database.db, source());
  const tenants = [await tenant(keys), await tenant(keys), await tenant(keys)];
  const [, second] = (await database.db.select().from(dataKeys)).map((row) => row);
  if (!second) throw new Error("three workspaces have a data key each");
  const put = (wrapped: string) => database.db.update(dataKeys).set({ wrapped }).where(eq(dataKeys.id, second.id));
  await put("v1.damaged.row");
  await expect(rotateFile(0)).rejects.toThrow("cannot be opened");
  await put(second.wrapped);
  const { keys: both } = await loadMasterKey(database.db, source());
  expect(both.ids).toHaveLength(2);
  const left = await countToRewrap(database.db, both);
  expect(left).toBeGreaterThan(0);
  for (const ctx of tenants) expect(await storedIn({ ...ctx, masterKeys: both }, "s0")).toBe("the-value");
  expect(await rewrapDataKeys(database.db, both)).toBe(left);
  expect(await rewrapDataKeys(database.db, both)).toBe(0);
  for (const ctx of tenants) expect(await storedIn({ ...ctx, masterKeys: both }, "s0")).toBe("the-value");
});

test("kill -9 in the middle of new data keys: run again, it finishes; a third run begins a new rotation", async () => {
  const text = generateMasterKey();
  const masterKeys = await importMasterKeys(text);
  const tenants: WorkspaceCtx[] = [];
  for (let i = 0; i < 4; i++) tenants.push(await tenant(masterKeys, 3));
  const program = await bundle(`
    import { createDatabase } from "@/db/node";
    import { importMasterKeys } from "@/lib/crypto/master-keys";
    import { rotateDataKeys } from "@/lib/server/rotate-data-keys";
    const { db } = createDatabase(process.env.URL);
    await rotateDataKeys(db, await importMasterKeys(process.env.KEY), { settleMs: 50 });
    process.exit(0);`);
  const run = (killAfterMs: number | null) =>
    new Promise<number | string>((resolve) => {
      const child = spawn(process.execPath, [program], {
        env: { ...process.env, URL: database.url, KEY: text },
        stdio: "inherit",
      });
      if (killAfterMs !== null) void interrupt(killAfterMs).then(() => child.kill("SIGKILL"));
      child.once("exit", (code, signal) => resolve(code ?? signal ?? -1));
    });
  const ids = tenants.map((ctx) => ctx.workspace.id);
  const keyIds = async () =>
    (await database.db.select().from(dataKeys).where(inArray(dataKeys.workspaceId, ids))).map((row) => row.id);
  /** Waits until the rotation has begun to move secrets, then a little. */
  const interrupt = async (ms: number) => {
    while ((await keyIds()).length < ids.length + 2) await sleep(2);
    await sleep(ms);
  };
  const before = await keyIds();
  expect(await run(0)).toBe("SIGKILL");
  const midway = await keyIds();
  expect(midway.length).toBeGreaterThan(before.length);
  for (const ctx of tenants) for (const slug of ["s0", "s1", "s2"]) expect(await storedIn(ctx, slug)).toBe("the-value");

  expect(await run(null)).toBe(0);
  const after = await keyIds();
  expect(after).toHaveLength(ids.length);
  expect(after.filter((id) => before.includes(id))).toEqual([]);
  // What the first run made is used, not made again.
  expect(after).toEqual(expect.arrayContaining(midway.filter((id) => !before.includes(id))));
  expect(
    await database.db.$count(secrets, and(inArray(secrets.workspaceId, ids), inArray(secrets.dataKeyId, after))),
  ).toBe(12);
  expect(await database.db.$count(settings, eq(settings.key, "data_key_rotation"))).toBe(0);
  for (const ctx of tenants) for (const slug of ["s0", "s1", "s2"]) expect(await storedIn(ctx, slug)).toBe("the-value");

  await rotateDataKeys(database.db, masterKeys, { settleMs: 0 });
  expect((await keyIds()).filter((id) => after.includes(id))).toEqual([]);
}, 60_000);

test("a secret that does not open keeps its old key, which then stays", async () => {
  const masterKeys = await importMasterKeys(generateMasterKey());
  const ctx = await tenant(masterKeys, 2);
  const { id } = await findServer(ctx.db, ctx, "s0");
  await ctx.db.update(secrets).set({ version: 7 }).where(eq(secrets.serverId, id));
  expect(await rotateDataKeys(database.db, masterKeys, { settleMs: 0 })).toMatchObject({ secrets: 1, unreadable: 1 });
  expect(await database.db.$count(dataKeys, eq(dataKeys.workspaceId, ctx.workspace.id))).toBe(2);
  expect(await storedIn(ctx, "s1")).toBe("the-value");
});
