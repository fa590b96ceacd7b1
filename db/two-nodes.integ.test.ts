import { afterAll, beforeAll, expect, it } from "vitest";
import { generateMasterKey, importMasterKeys } from "@/lib/crypto/master-keys";
import { webCryptoPort } from "@/lib/crypto/port";
import { mintToken } from "@/lib/crypto/token";
import { createGateway, type Gateway } from "@/lib/gateway/handler";
import { newId } from "@/lib/ids";
import { createLog } from "@/lib/log";
import { touchAccess } from "@/lib/services/workspace/touch";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { createCallWriter } from "./call-writer";
import { createDirectory } from "./gateway-store";
import { createKeptResults } from "./kept-results";
import { members, tokens, workspaces } from "./schema";

let t: TestDatabase;
let asked: string[] = [];
const nodes: Gateway[] = [];
beforeAll(async () => {
  t = await testDatabase();
  const masterKeys = await importMasterKeys(generateMasterKey());
  const query: typeof t.query = (text, params) => {
    asked.push(text);
    return t.query(text, params);
  };
  for (let i = 0; i < 2; i++)
    nodes.push(
      createGateway({
        directory: createDirectory(query, { allowPrivate: [] }),
        writeCalls: createCallWriter(query),
        relay: null,
        keptResults: createKeptResults(query),
        transport: () => Promise.reject(new Error("no upstream here")),
        functions: null,
        masterKeys,
        publicUrl: "https://gateway.example",
        now: Date.now,
        crypto: webCryptoPort,
        defer: () => undefined,
        log: createLog(() => undefined),
      }),
    );
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  await t?.close();
});

async function mint() {
  const workspaceId = newId("workspace");
  const slug = `w${workspaceId.slice(-20)}`; // letters first, whatever the time in the id
  const memberId = newId("member");
  const { token, hash, hint } = await mintToken("mwt");
  await t.db.insert(workspaces).values({ id: workspaceId, slug, name: "W" });
  await t.db.insert(members).values({ id: memberId, workspaceId, name: "P", role: "member" });
  const id = newId("token");
  await t.db.insert(tokens).values({ id, workspaceId, memberId, name: "t", hash, prefix: hint });
  const send = (node: Gateway, init: RequestInit) =>
    node.handle(
      new Request(`https://gateway.example/ws/${slug}/sse`, {
        ...init,
        headers: {
          host: "gateway.example",
          authorization: `Bearer ${token}`,
          accept: "application/json, text/event-stream",
          "content-type": "application/json",
        },
      }),
      { sourceIp: null },
    );
  const ping = async (node: Gateway) =>
    (await send(node, { method: "POST", body: '{"jsonrpc":"2.0","id":1,"method":"ping"}' })).status;
  const revoke = () =>
    t.db.transaction(async (tx) => {
      await tx.execute(`update tokens set revoked_at = now() where id = '${id}'`);
      await touchAccess(tx as unknown as typeof t.db, workspaceId);
    });
  return { ping, revoke, stream: (node: Gateway) => send(node, { method: "GET" }) };
}

it("a token in steady use on two nodes is not read again, and revoked it ends on both within a second", async () => {
  const w = await mint();
  const streams = await Promise.all(nodes.map((node) => w.stream(node)));
  const closed = streams.map((stream) => stream.text().then(() => performance.now()));
  const use = async (ms: number) => {
    for (const end = performance.now() + ms; performance.now() < end; await new Promise((r) => setTimeout(r, 10)))
      for (const node of nodes) expect(await w.ping(node)).toBe(200);
  };
  await use(600);
  asked = [];
  await use(2_000);
  expect([...new Set(asked.map((text) => /access_version/.test(text) && !/hash = /.test(text)))]).toEqual([true]);
  expect(asked.length, "polls of two nodes in two seconds").toBeLessThanOrEqual(20);
  await w.revoke();
  const revokedAt = performance.now();
  const refusedAt = await Promise.all(
    nodes.map(async (node) => {
      while ((await w.ping(node)) === 200) await new Promise((r) => setTimeout(r, 5));
      return performance.now();
    }),
  );
  for (const at of [...refusedAt, ...(await Promise.all(closed))]) expect(at - revokedAt).toBeLessThan(1_000);
});
