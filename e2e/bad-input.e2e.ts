import { mintToken } from "@/lib/crypto/token";
import { expect, expectAlive, proves, test } from "./fixtures";
import { Api } from "./support/api";
import { BAD_INPUT, send } from "./support/bad-input";
import { parseAnswer } from "./support/mcp";
import { eventually } from "./support/process";
import type { Product } from "./support/product";
import { type SecretUpstream, startSecretUpstream } from "./support/secret-upstream";
import { mintSecret, mintWorkspace } from "./support/workspace";

interface World {
  names: Record<string, string>;
  upstream: SecretUpstream;
}

const DULL = /node_modules|\.(?:ts|js):\d+|\bat \w+ \(|\bselect\b .*\bfrom\b|\binsert into\b/i;
let world: World;

/** One workspace for the whole table, and a second one whose things must stay out of reach. */
async function mintWorld(api: Api, product: Product): Promise<World> {
  const upstream = await startSecretUpstream(mintSecret());
  const mine = await mintWorkspace(api, product);
  const other = await mintWorkspace(api, product);
  await mine.addSecret("vault", upstream);
  await other.add("theirs", upstream.url, {
    headers: [{ name: "Authorization", template: "Bearer {{K}}" }],
    secrets: { K: upstream.secret },
  });
  await api.setTool(mine.slug, "vault", "boom", false);
  const revoked = await mine.issue("Bob");
  await api.revokeToken(mine.slug, revoked.id);
  const last = mine.token.slice(-1);
  return {
    upstream,
    names: {
      SLUG: mine.slug,
      TOKEN: mine.token,
      HOST: `127.0.0.1:${product.port}`,
      PUBLIC_ORIGIN: product.origin,
      TOOL: "vault__echo",
      TOOL_B64: Buffer.from("vault__echo").toString("base64"),
      OTHER_TOOL: "vault__add",
      TYPED_TOOL: "vault__add",
      TOOL_UPPER: "VAULT__ECHO",
      DISABLED_TOOL: "vault__boom",
      SERVER: "vault",
      ANY: "echo",
      OTHER_SLUG: other.slug,
      OTHER_WS_SERVER: "theirs",
      OTHER_WS_TOKEN: other.token,
      TOKEN_B64: Buffer.from(`${mine.token}:`).toString("base64"),
      TOKEN_FLIP_LAST: mine.token.slice(0, -1) + (last === "a" ? "b" : "a"),
      TOKEN_LOWER: mine.token.toLowerCase(),
      INVITE_TOKEN: mine.token.replace("mwt_", "inv_"),
      REVOKED: revoked.token,
      UNKNOWN: (await mintToken("mwt")).token,
      API_KEY: product.apiKey,
      SECRET_NAME_REF: "{{API_KEY}}",
    },
  };
}

test.beforeAll(async ({ api, product }) => {
  world = await mintWorld(api, product);
});
test.afterAll(() => world?.upstream.close());

const title = (id: string, what: string) => {
  if (id.startsWith("token-") || id === "own-007" || id === "own-008")
    return proves("token:refused-alike", `${id} ${what}`);
  return proves("gateway:bad-request", `${id} ${what}`);
};

/** Outcomes of the rows that came after the one with this id, once they have theirs. */
const newOutcomes = (api: Api, newest: string): Promise<string[]> =>
  eventually("a row with its outcome", async () => {
    const { calls } = await api.listCalls(world.names.SLUG ?? "", { limit: "5" });
    const at = calls.findIndex(({ id }) => id === newest);
    const outcomes = calls.slice(0, at < 0 ? calls.length : at).map(({ outcome }) => outcome as string);
    return outcomes.length > 0 && !outcomes.includes("pending") ? outcomes : null;
  });

for (const one of BAD_INPUT.filter(({ slug }) => slug === undefined)) {
  test(title(one.id, one.what), async ({ product, api }) => {
    const before = world.upstream.calls().length;
    const newest = one.row && (await api.listCalls(world.names.SLUG ?? "", { limit: "1" })).calls[0]?.id;
    const answer = await send(one, product.port, world.names);
    expect(one.status, `${answer.status} ${answer.body.slice(0, 300)}`).toContain(answer.status);
    for (const [name, pattern] of Object.entries(one.header ?? {}))
      expect(String(answer.headers[name] ?? "")).toMatch(new RegExp(pattern));
    const message = parseAnswer(answer.body);
    if (one.rpc) expect(one.rpc, answer.body.slice(0, 300)).toContain(message?.error?.code ?? "result");
    if (one.rpcId) expect(one.rpcId).toContainEqual(message?.id);
    if (one.idText && answer.status === 200) expect(answer.body).toMatch(new RegExp(`"id":${one.idText}\\D`));
    if (one.empty) expect(answer.body).toBe("");
    for (const name of one.noHeader ?? []) expect(answer.headers[name], name).toBeUndefined();
    if (one.data) expect(message?.error).toMatchObject({ data: one.data });
    if (one.row) expect(await newOutcomes(api, newest ?? "")).toEqual([one.row]);
    // What is refused before MCP (by Node's parser, by the router) has no JSON-RPC code and needs none.
    if (typeof message?.error?.code === "number")
      expect(message).toMatchObject({ jsonrpc: "2.0", error: { message: expect.any(String) } });
    expect(answer.ms, "it does not hang; two seconds on a machine with nothing else to do").toBeLessThan(10_000);
    expect(answer.body).not.toMatch(DULL);
    expect(answer.body).not.toContain(world.upstream.secret);
    if (!one.status.includes(200) || (one.rpc && !one.rpc.includes("result")))
      expect(world.upstream.calls().length, "no upstream was called").toBe(before);
    await expectAlive(product);
  });
}

test(proves("token:refused-alike", "every 401 has the same body, whatever was wrong"), async ({ product }) => {
  const refused = BAD_INPUT.filter(
    ({ status, slug, raw }) => slug === undefined && raw === undefined && status.length === 1 && status[0] === 401,
  );
  expect(refused.length).toBeGreaterThan(10);
  const answers = await Promise.all(refused.map((one) => send(one, product.port, world.names)));
  expect(new Set(answers.map(({ body, headers }) => `${headers["www-authenticate"]}\n${body}`)).size).toBe(1);
});

test(
  proves("token:refused-alike", "a good token cannot tell a foreign workspace from one that does not exist"),
  async ({ product }) => {
    const at = async (slug: string | undefined) => {
      const { status, headers, body } = await send(
        { id: "", what: "", status: [404], path: `/ws/${slug}/sse` },
        product.port,
        world.names,
      );
      return { status, headers: { ...headers, date: null }, body };
    };
    const foreign = await at(world.names.OTHER_SLUG);
    expect(foreign.status).toBe(404);
    expect(await at("nobody-here")).toEqual(foreign);
  },
);

for (const one of BAD_INPUT) {
  const { slug } = one;
  if (slug === undefined) continue;
  test(proves("workspace:slug-rules", `${one.id} ${one.what}`), async ({ api, product }) => {
    const answer = await api.send("POST", "/workspaces", { name: "x", slug });
    expect(one.status).toContain(answer.status);
    expect(JSON.stringify(answer.body)).not.toMatch(DULL);
    await expectAlive(product);
  });
}

test(proves("api:auth"), async ({ product }) => {
  const wrong = [(await mintToken("aak")).token, "", "aak_nope", world.names.TOKEN ?? ""];
  for (const key of wrong) {
    const answer = await new Api(product.origin, key).send("GET", "/workspaces");
    expect(answer.status).toBe(401);
    expect(JSON.stringify(answer.body)).not.toMatch(DULL);
  }
  const foreign = await fetch(`${product.origin}/api/v1/workspaces`, {
    method: "POST",
    headers: { authorization: `Bearer ${product.apiKey}`, "content-type": "text/plain" },
    body: '{"name":"x"}',
  });
  expect([400, 415, 422]).toContain(foreign.status);
});
