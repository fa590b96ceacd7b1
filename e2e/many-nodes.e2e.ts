import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { hasPostgres, startPostgres } from "@/lib/testing/postgres";
import { expect, proves, test } from "./fixtures";
import { Api } from "./support/api";
import { type AskingUpstream, startAskingUpstream } from "./support/asking-upstream";
import { findNginx, startNginx } from "./support/nginx";
import { LostError, ModernClient, type NodeClient, SseClient, StreamableClient } from "./support/node-clients";
import { eventually, sleep } from "./support/process";
import { type Product, RESULTS, startProduct } from "./support/product";
import { mintWorkspace, type Workspace } from "./support/workspace";

const CALLS = 12; // of each client in each part of the test
const ASKS = 4;
const PATIENCE_MS = 20_000;

/** What became of the calls of one part of the test. */
interface Tally {
  answered: number;
  /** Calls without an answer, by the node that had them. */
  lost: LostError[];
}

/** Makes calls, one after the other, with the client's stream kept open; the number sent must come back. */
async function work(client: NodeClient, tally: Tally, calls: number, running: () => boolean = () => true) {
  for (let n = 0; n < calls && running(); n++) {
    try {
      await client.keep();
      expect(await client.call(n)).toBe(String(n));
      tally.answered++;
    } catch (error) {
      if (!(error instanceof LostError)) throw error;
      tally.lost.push(error);
      await sleep(50);
    }
    await sleep(20);
  }
}

/** Calls the tool that asks back, whose answer takes another way than the question. */
async function ask(client: NodeClient, tally: Tally): Promise<void> {
  for (let n = 0; n < ASKS; n++) {
    await client.keep();
    expect(await client.ask(n)).toBe(`${n} is Who is number ${n}?`);
    tally.answered++;
  }
}

/** Makes a change and waits until every client was told; ms until the last one was. */
async function change(clients: NodeClient[], what: string, make: () => Promise<unknown> | unknown): Promise<number> {
  for (const client of clients) await client.keep();
  await sleep(1_500); // streams that were just opened know what they stand at
  const before = clients.map((client) => client.changes);
  await make();
  const at = performance.now();
  await eventually(
    `every client is told: ${what}`,
    () => (clients.every((client, i) => client.changes > (before[i] ?? 0)) ? true : null),
    PATIENCE_MS,
  ).catch((error: unknown) => {
    const silent = clients.filter((client, i) => client.changes === before[i]).map(({ kind }) => kind);
    throw new Error(`${String(error)}; not told: ${silent.join(", ")}`);
  });
  return Math.round(performance.now() - at);
}

const clientsOf = ({ slug }: Workspace, origin: string, token: string): NodeClient[] => [
  new SseClient(`${origin}/ws/${slug}/sse`, token),
  new StreamableClient(`${origin}/ws/${slug}/mcp`, token),
  new ModernClient(`${origin}/ws/${slug}/mcp`, token),
];

function changesOf(
  { api, slug, add }: Workspace,
  upstream: AskingUpstream,
): [string, () => Promise<unknown> | unknown][] {
  return [
    ["a server is installed", () => add("more", upstream.url)],
    ["a tool is switched off", () => api.setTool(slug, "up", "ask", false)],
    ["a tool is switched on", () => api.setTool(slug, "up", "ask", true)],
    ["a server is removed", () => api.send("DELETE", `/workspaces/${slug}/servers/more?confirm=more`)],
    ["an upstream says that its list grew", () => upstream.grow()],
  ];
}

async function startNodes(env: Record<string, string>): Promise<Product[]> {
  const first = await startProduct({ lane: "direct", env });
  const others = await Promise.all(
    (["direct", "edge"] as const).map((lane) => startProduct({ lane, owner: false, env })),
  );
  return [first, ...others];
}

/** Asserts no time (a busy machine proves nothing); the figures go into `test-results/many-nodes.json` and the log. */
test(proves("nodes:any"), async ({ lane }, info) => {
  expect(lane, "nodes of both lanes are started below").toBe("direct");
  test.skip(!hasPostgres(), "several nodes need a Postgres, and there is none on this machine");
  test.skip(findNginx() === null, "there is no nginx on this machine");
  test.setTimeout(300_000);
  const postgres = await startPostgres();
  const upstream = await startAskingUpstream();
  const nodes: Product[] = [];
  const ends: (() => Promise<void>)[] = [];
  try {
    nodes.push(
      ...(await startNodes({ DATABASE_URL: postgres.url, AEROSTACK_MASTER_KEY: randomBytes(32).toString("base64") })),
    );
    const nginx = await startNginx(nodes.map(({ port }) => port));
    ends.push(nginx.stop);
    const [first, killed] = nodes as [Product, Product, Product];
    const admin = await mintWorkspace(new Api(first.origin, first.apiKey), first);
    await admin.add("up", upstream.url);
    const leaver = await admin.issue("Leaver");
    const clients = [...clientsOf(admin, nginx.origin, admin.token), ...clientsOf(admin, nginx.origin, admin.token)];
    const leaving = clientsOf(admin, nginx.origin, leaver.token);
    ends.push(async () => {
      for (const client of [...clients, ...leaving]) client.close();
    });
    const figures: Record<string, unknown> = {};

    const calm: Tally = { answered: 0, lost: [] };
    await Promise.all([...clients, ...leaving].map((client) => work(client, calm, CALLS)));
    await Promise.all(clients.map((client) => ask(client, calm)));
    expect(calm.lost.map(String), "calls lost while all nodes lived").toEqual([]);
    figures.calm = { answered: calm.answered, lost: 0 };
    for (const client of clients) expect(client.nodes.size, `nodes that ${client.kind} met`).toBeGreaterThan(1);

    const told: Record<string, number> = {};
    for (const [what, make] of changesOf(admin, upstream)) told[what] = await change(clients, what, make);
    figures.toldMs = told;

    const rough: Tally = { answered: 0, lost: [] };
    let over = false;
    const working = clients.map((client) => work(client, rough, 10_000, () => !over));
    await sleep(1_000);
    process.kill(killed.pid(), "SIGKILL");
    const atKill = rough.answered;
    await eventually("work goes on", () => (rough.answered > atKill + clients.length * CALLS ? true : null), 60_000);
    over = true;
    await Promise.all(working);
    const excused = new RegExp(`127\\.0\\.0\\.1:${killed.port}\\b|node unknown`);
    expect(
      rough.lost.map(String).filter((text) => !excused.test(text)),
      "calls lost on nodes that lived",
    ).toEqual([]);
    figures.killed = { answered: rough.answered, lostOnIt: rough.lost.length };

    figures.toldAfterMs = await change(clients, "one node fewer", () => upstream.grow());

    for (const client of leaving) await client.keep();
    await admin.api.revokeToken(admin.slug, leaver.id);
    const at = performance.now();
    await eventually("revoked streams end", () => (leaving.every(({ open }) => !open) ? true : null), PATIENCE_MS);
    figures.closedMs = Math.round(performance.now() - at);
    for (const client of leaving) {
      await client.keep().catch(() => undefined);
      expect([client.open, client.refused]).toEqual([false, 401]);
    }
    writeFileSync(join(RESULTS, "many-nodes.json"), `${JSON.stringify(figures, null, 2)}\n`);
    info.annotations.push({ type: "figures", description: JSON.stringify(figures) });
    console.log(`three nodes behind nginx: ${JSON.stringify(figures)}`);
  } finally {
    for (const end of ends.reverse()) await end();
    await Promise.all(nodes.map((node) => node.stop()));
    await upstream.close();
    await postgres.stop();
  }
});
