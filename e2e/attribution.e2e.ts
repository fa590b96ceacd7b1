import type { CallView } from "@/lib/services/call/view";
import { expect, expectAlive, proves, test } from "./fixtures";
import type { Api } from "./support/api";
import { callTool, connect, postHeaders } from "./support/mcp";
import { eventually, hasProc, sleep } from "./support/process";

/** Rows of a workspace once there are `count` and all have their outcome. */
const rowsOf = (api: Api, slug: string, count: number): Promise<CallView[]> =>
  eventually(`${count} finished rows`, async () => {
    const found = await api.allCalls(slug);
    return found.length === count && found.every(({ outcome }) => outcome !== "pending") ? found : null;
  });

test(proves("audit:attributed"), async ({ workspace, upstream, api }) => {
  await workspace.addSecret("vault", upstream);
  const client = await connect(workspace.sse, workspace.token, "http");
  const before = Date.now();
  await client.callTool({ name: "vault__slow", arguments: { ms: 120 } });
  await client.close();
  const [row] = await rowsOf(api, workspace.slug, 1);
  expect(row).toMatchObject({
    actor: workspace.member,
    tokenId: workspace.tokenId,
    tokenPrefix: workspace.token.slice(0, 8),
    server: "vault",
    tool: "slow",
    qualifiedName: "vault__slow",
    outcome: "ok",
    errorClass: null,
    clientName: "e2e-client",
    clientVersion: "9.8.7",
  });
  expect(Date.parse(row?.time ?? "")).toBeGreaterThanOrEqual(before - 5);
  expect(Date.parse(row?.time ?? "")).toBeLessThan(Date.now());
  expect(row?.durationMs).toBeGreaterThan(115);
  expect(row?.upstreamMs).toBeLessThanOrEqual(row?.durationMs ?? 0);
});

test(proves("audit:refused-too"), async ({ workspace, upstream, api }) => {
  await workspace.addSecret("vault", upstream);
  await api.setTool(workspace.slug, "vault", "boom", false);
  const texts: string[] = [];
  for (const name of ["vault__nope", "vault__boom", "nobody__tool"]) {
    const answer = await callTool(workspace.sse, workspace.token, name);
    expect(answer.message?.error?.code).toBe(-32602);
    texts.push(answer.message?.error?.message.replace(name, "…") ?? "");
  }
  expect(new Set(texts).size, "unknown and forbidden read alike").toBe(1);
  const rows = await rowsOf(api, workspace.slug, 3);
  expect(rows.map(({ server, tool, outcome }) => `${server} ${tool} ${outcome}`)).toEqual([
    "nobody tool denied",
    "vault boom denied",
    "vault nope denied",
  ]);
  expect(upstream.calls().length).toBe(0);
});

test(proves("audit:hostile-names"), async ({ workspace, upstream, api, product }) => {
  await workspace.addSecret("vault", upstream);
  const post = (body: string, session?: string) =>
    fetch(workspace.sse, {
      method: "POST",
      headers: { ...postHeaders(workspace.token), ...(session && { "mcp-session-id": session }) },
      body,
    });
  // Written as JSON escapes, because neither NUL nor a lone surrogate survives as text.
  const hello = await post(
    '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"evil\\u0000client","version":"\\ud800"}}}',
  );
  expect(hello.status).toBe(200);
  const session = hello.headers.get("mcp-session-id") ?? "";
  for (const name of ["vault__a\\u0000b", "vault__a\\ud800b", "vault__\\u202ea", "va\\u0000ult__echo"]) {
    const answer = await post(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"${name}"}}`, session);
    expect(await answer.json()).toMatchObject({ error: { code: -32602 } });
  }
  const good = await post(
    '{"jsonrpc":"2.0","id":"a\\u0000b","method":"tools/call","params":{"name":"vault__echo","arguments":{"message":"\\u0000 \\ud800"}}}',
    session,
  );
  expect(await good.json()).toMatchObject({ id: "a\u0000b", result: expect.anything() });
  const rows = await rowsOf(api, workspace.slug, 5);
  expect(new Set(rows.map(({ server, tool }) => `${server} ${tool}`)).size, "distinct names stay distinct").toBe(5);
  expect(rows.filter(({ outcome }) => outcome === "denied").length).toBe(4);
  await expectAlive(product);
});

test(proves("audit:no-row-no-call"), async ({ workspace, upstream, api, product }) => {
  test.skip(!hasProc, "the database's process is found by /proc");
  test.setTimeout(90_000);
  await workspace.addSecret("vault", upstream);
  expect((await callTool(workspace.sse, workspace.token, "vault__echo")).status).toBe(200);
  process.kill(product.databasePid(), "SIGKILL");
  const statuses: number[] = [];
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const { status } = await callTool(workspace.sse, workspace.token, "vault__echo");
    statuses.push(status);
    if (status === 200 && statuses.includes(503)) break;
    await sleep(20);
  }
  expect(new Set(statuses), "nothing but 503 while it is down, then 200").toEqual(new Set([503, 200]));
  expect(statuses.at(-1), "it recovered by itself").toBe(200);
  await sleep(300);
  const rows = await eventually("the API answers again", () => api.allCalls(workspace.slug));
  expect(rows.length, "no upstream call without a row").toBeGreaterThanOrEqual(upstream.calls("echo").length);
  expect(upstream.calls("echo").length).toBeGreaterThanOrEqual(2);
  await expectAlive(product);
});
