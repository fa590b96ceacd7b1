import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { expect, expectAlive, proves, test } from "./fixtures";
import { startExpiredTls } from "./support/expired-tls";
import { callTool, connect, rpc, textOf } from "./support/mcp";
import { modernRpc } from "./support/modern";
import { eventually, freePort, hasProc, residentBytes } from "./support/process";
import { mintSecret } from "./support/workspace";

const BY_TIME = ["silent", "drip", "keep-alive-forever"];
const HARMLESS = ["headers", "event-injection", "secret-error", "script-link", "five-times-503"];
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

test(proves("upstream:bad", "a secret in an error's text is taken out"), async ({ workspace, nasty }) => {
  const secret = mintSecret();
  const headers = [{ name: "Authorization", template: "Bearer {{KEY}}" }];
  await workspace.add("chatty", nasty.url("secret-error"), { headers, secrets: { KEY: secret } });
  const answer = await callTool(workspace.sse, workspace.token, "chatty__poke");
  expect(nasty.calls("secret-error")).toBeGreaterThan(0);
  expect(answer.text).not.toContain(secret);
  expect(answer.text).toContain("Authorization: ");
});

test(
  proves("upstream:bad", "a link that runs a script is put before nobody, in either era"),
  async ({ workspace, nasty }) => {
    await workspace.add("trap", nasty.url("script-link"));
    const capabilities = { elicitation: { form: {}, url: {} } };
    const modern = await modernRpc(
      workspace.mcp,
      workspace.token,
      "tools/call",
      { name: "trap__poke" },
      { capabilities },
    );
    expect(modern.text).not.toMatch(/javascript/i);
    const client = await connect(workspace.mcp, workspace.token, "http", capabilities);
    const asked: unknown[] = [];
    client.setRequestHandler(ElicitRequestSchema, (request) => {
      asked.push(request);
      return { action: "cancel" };
    });
    const answer = await client.callTool({ name: "trap__poke", arguments: {} }).catch(() => null);
    await client.close();
    expect(asked).toEqual([]);
    expect(JSON.stringify(answer)).not.toMatch(/javascript/i);
  },
);

test(
  proves("upstream:bad", "a call is never sent twice, and an upstream that recovers is used again"),
  async ({ workspace, nasty }) => {
    await workspace.add("shaky", nasty.url("five-times-503"));
    const before = nasty.calls("five-times-503");
    let sent = 0;
    await eventually(
      "it answers again",
      async () => {
        sent++;
        const answer = await callTool(workspace.sse, workspace.token, "shaky__poke");
        expect(nasty.calls("five-times-503") - before, "calls upstream").toBeLessThanOrEqual(sent);
        return textOf(answer.message?.result) === "back" ? true : null;
      },
      45_000,
      250,
    );
  },
);

test(
  proves("upstream:bad", "an expired certificate is refused, and nothing is sent without one"),
  async ({ workspace, api, product }) => {
    const tls = await startExpiredTls();
    const answer = await api.send("POST", `/workspaces/${workspace.slug}/servers`, { slug: "old", url: tls.url });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    await workspace.add("old", tls.url, { force: true });
    expect((await callTool(workspace.sse, workspace.token, "old__poke")).text).not.toContain('"isError":false');
    expect(tls.requests()).toBe(0);
    await tls.close();
    await expectAlive(product);
  },
);
