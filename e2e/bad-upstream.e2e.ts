import { expect, expectAlive, proves, test } from "./fixtures";
import { callTool, connect, rpc, textOf } from "./support/mcp";
import { eventually, freePort, hasProc, residentBytes } from "./support/process";

const BY_TIME = ["silent", "drip", "keep-alive-forever"];
const HARMLESS = ["headers", "event-injection"];
const LEAKS = /html|select|srv\/app|127\.0\.0\.1|localhost|mcp\b.*http|undici|ECONN|fetch failed/i;
/** What every failing mode of the fixture is, so that a forgotten one shows. */
const QUICK = [
  "html",
  "garbage",
  "no-content",
  "wrong-id",
  "status",
  "redirect",
  "reset",
  "truncated",
  "bomb",
  "huge",
  "deep",
  "notification-flood",
  "endless-event",
];

test(proves("upstream:bad", "the table of misbehaviours is complete"), ({ nasty }) => {
  expect([...QUICK, ...HARMLESS, ...BY_TIME].sort()).toEqual([...nasty.modes].sort());
});

for (const mode of QUICK) {
  test(proves("upstream:bad", `an upstream that answers with: ${mode}`), async ({ workspace, nasty, product, api }) => {
    await workspace.add("bad", nasty.url(mode));
    const memory = hasProc ? residentBytes(product.pid()) : 0;
    const answer = await callTool(workspace.sse, workspace.token, "bad__poke");
    expect(answer.status, answer.text.slice(0, 300)).toBe(200);
    expect(answer.message?.result, answer.text.slice(0, 300)).toMatchObject({ isError: true });
    const text = textOf(answer.message?.result);
    expect(text).toContain('"bad"');
    expect(text).not.toMatch(LEAKS);
    if (mode === "redirect") expect(nasty.hits("elsewhere"), "the redirect was not followed").toBe(0);
    if (hasProc) expect(residentBytes(product.pid()) - memory, "memory").toBeLessThan(96 << 20);
    const row = await eventually("the row has its outcome", async () => {
      const [call] = (await api.listCalls(workspace.slug)).calls;
      return call && call.outcome !== "pending" ? call : null;
    });
    expect(row).toMatchObject({ outcome: "error", server: "bad", tool: "poke" });
    await expectAlive(product);
  });
}

test(proves("upstream:bad", "an upstream that is gone"), async ({ workspace, everything, product }) => {
  const port = await freePort();
  await workspace.add("gone", `http://127.0.0.1:${port}/mcp`, { force: true });
  await workspace.add("everything", everything.http.url);
  const at = performance.now();
  const list = await rpc(workspace.sse, workspace.token, "tools/list");
  expect(performance.now() - at, "within the deadline of a list").toBeLessThan(4_000);
  const names = ((list.message?.result?.tools ?? []) as { name: string }[]).map(({ name }) => name);
  expect(names).toContain("everything__echo");
  expect(names.some((name) => name.startsWith("gone__"))).toBe(false);
  await expectAlive(product);
});

test(
  proves("upstream:bad", "an upstream that goes down after it was added"),
  async ({ workspace, upstream, product }) => {
    await workspace.addSecret("vault", upstream);
    await upstream.close();
    const answer = await callTool(workspace.sse, workspace.token, "vault__echo");
    expect(answer.message?.result).toMatchObject({ isError: true });
    expect(textOf(answer.message?.result)).toContain('"vault"');
    expect(textOf(answer.message?.result)).not.toMatch(LEAKS);
    await expectAlive(product);
  },
);

test(proves("upstream:bad", "an event with odd line ends stays one answer"), async ({ workspace, nasty }) => {
  await workspace.add("odd", nasty.url("event-injection"));
  for (const transport of ["http", "sse"] as const) {
    const client = await connect(workspace.sse, workspace.token, transport);
    const answer = await client.callTool({ name: "odd__poke", arguments: {} });
    await client.close();
    expect(textOf(answer)).toBe("one\r\nevent: endpoint\r\ndata: /evil\u2028\u2029 end");
  }
});

test(proves("upstream:no-header-leak"), async ({ workspace, nasty }) => {
  await workspace.add("chatty", nasty.url("headers"));
  const answer = await callTool(workspace.sse, workspace.token, "chatty__poke");
  expect(textOf(answer.message?.result)).toBe("fine");
  for (const name of ["set-cookie", "mcp-session-id", "www-authenticate", "x-upstream"])
    expect(answer.headers.has(name), name).toBe(false);
});

for (const mode of ["cursor-loop", "bad-names"]) {
  test(proves("upstream:bad-list", `a list with: ${mode}`), async ({ workspace, nasty, everything, product }) => {
    await workspace.add("everything", everything.http.url);
    await workspace.add("odd", nasty.url(mode), { force: true });
    const client = await connect(workspace.sse, workspace.token, "http");
    const names = (await client.listTools()).tools.map(({ name }) => name);
    await client.close();
    expect(names).toContain("everything__echo");
    expect(
      names.every((name) => /^[A-Za-z0-9_-]{1,45}$/.test(name)),
      names.join(" "),
    ).toBe(true);
    if (mode === "bad-names") expect(names).toContain("odd__poke");
    expect(nasty.hits(mode)).toBeLessThan(250);
    await expectAlive(product);
  });
}
