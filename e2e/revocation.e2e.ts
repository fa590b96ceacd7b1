import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { hasPostgres, startPostgres } from "@/lib/testing/postgres";
import { expect, proves, test } from "./fixtures";
import { Api } from "./support/api";
import { callTool, postHeaders } from "./support/mcp";
import { eventually, sleep } from "./support/process";
import { type Product, RESULTS, startProduct } from "./support/product";
import { mintWorkspace, type Workspace } from "./support/workspace";

const RUNS = 50;
/** Tokens that are revoked at the same time, so that the figure is one under use and the test is short. */
const AT_ONCE = 5;

interface Times {
  /** ms from the answer to the revocation until another node refuses the token. */
  refused: number;
  /** ms until that node closed the token's open stream. */
  closed: number;
}

/** Opens the stream of an HTTP+SSE client; resolves once it is open, `closed` once the node ended it. */
async function openStream(origin: string, slug: string, token: string): Promise<{ closed: Promise<number> }> {
  const response = await fetch(`${origin}/ws/${slug}/sse`, {
    headers: { authorization: `Bearer ${token}`, accept: "text/event-stream" },
  });
  expect(response.status).toBe(200);
  const reader = response.body?.getReader();
  await reader?.read();
  const drain = async () => {
    while (!(await reader?.read())?.done);
    return performance.now();
  };
  return { closed: drain().catch(() => performance.now()) };
}

async function refusedAt(origin: string, slug: string, token: string): Promise<number> {
  for (;;) {
    const response = await fetch(`${origin}/ws/${slug}/mcp`, {
      method: "POST",
      headers: postHeaders(token),
      body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
    });
    const at = performance.now();
    await response.arrayBuffer();
    if (response.status === 401) return at;
    await sleep(10);
  }
}

async function run(admin: Workspace, node: Product, n: number): Promise<Times> {
  const { token, id } = await admin.issue(`Laptop ${n}`);
  const stream = await openStream(node.origin, admin.slug, token);
  expect((await callTool(`${node.origin}/ws/${admin.slug}/mcp`, token, "vault__echo")).status).toBe(200);
  await sleep(Math.random() * 300); // anywhere between two looks at the database
  await admin.api.revokeToken(admin.slug, id);
  const revoked = performance.now();
  const patience = <T>(what: string, work: Promise<T>): Promise<T> =>
    Promise.race([work, sleep(20_000).then(() => Promise.reject(new Error(`never ${what}`)))]);
  const [refused, closed] = await Promise.all([
    patience("refused", refusedAt(node.origin, admin.slug, token)),
    patience("closed", stream.closed),
  ]);
  return { refused: refused - revoked, closed: closed - revoked };
}

/** Asserts no time (a busy machine proves nothing); the figures go into `test-results/revocation.json` and the log. */
test(proves("token:revoked-everywhere"), async ({ upstream }, info) => {
  test.skip(!hasPostgres(), "two nodes need a Postgres, and there is none on this machine");
  test.setTimeout(300_000);
  const postgres = await startPostgres();
  const shared = { DATABASE_URL: postgres.url, AEROSTACK_MASTER_KEY: randomBytes(32).toString("base64") };
  const nodes: Product[] = [];
  try {
    const first = await startProduct({ lane: "direct", env: shared });
    nodes.push(
      first,
      ...(await Promise.all(
        (["direct", "edge"] as const).map((lane) => startProduct({ lane, owner: false, env: shared })),
      )),
    );
    const admin = await mintWorkspace(new Api(first.origin, first.apiKey), first);
    await admin.addSecret("vault", upstream);
    const figures: Record<string, unknown> = {};
    for (const node of nodes.slice(1)) {
      const times: Times[] = [];
      while (times.length < RUNS)
        times.push(
          ...(await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => run(admin, node, times.length + n)))),
        );
      const of = (key: keyof Times) => times.map((time) => time[key]).sort((a, b) => a - b);
      const figure = (sorted: number[]) => ({
        median: Math.round(sorted[sorted.length >> 1] ?? 0),
        max: Math.round(sorted.at(-1) ?? 0),
      });
      figures[`${node.lane} lane`] = { runs: RUNS, refusedMs: figure(of("refused")), closedMs: figure(of("closed")) };
    }
    writeFileSync(join(RESULTS, "revocation.json"), `${JSON.stringify(figures, null, 2)}\n`);
    info.annotations.push({ type: "figures", description: JSON.stringify(figures) });
    console.log(`revocation over two nodes: ${JSON.stringify(figures)}`);
    await eventually("every node lives", async () =>
      (await Promise.all(nodes.map((node) => fetch(`${node.origin}/api/health`)))).every(({ ok }) => ok) ? true : null,
    );
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    await postgres.stop();
  }
});
