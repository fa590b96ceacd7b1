import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { expect, expectAlive, proves, test } from "./fixtures";
import { type ClientTransport, connect, textOf } from "./support/mcp";
import { eventually } from "./support/process";
import type { Workspace } from "./support/workspace";

/** Connects, runs and closes, whatever the outcome. */
async function withClient(
  workspace: Workspace,
  transport: ClientTransport,
  url: string,
  run: (client: Client) => Promise<void>,
): Promise<void> {
  const client = await connect(url, workspace.token, transport);
  try {
    await run(client);
  } finally {
    await client.close();
  }
}

const toolNames = async (client: Client) => (await client.listTools()).tools.map((tool) => tool.name);

for (const [title, transport, endpoint] of [
  [proves("client:sdk-http", "by Streamable HTTP at /ws/<slug>/sse"), "http", "sse"],
  [proves("client:sdk-http", "by Streamable HTTP at /ws/<slug>/mcp"), "http", "mcp"],
  [proves("client:sdk-sse", "by HTTP+SSE at /ws/<slug>/sse"), "sse", "sse"],
  [proves("client:sdk-sse", "by HTTP+SSE at /ws/<slug>/mcp"), "sse", "mcp"],
] as const) {
  test(title, async ({ workspace, everything, upstream, api }) => {
    await workspace.add("everything", everything.http.url);
    await workspace.add("old", everything.sse.url);
    await workspace.addSecret("vault", upstream);
    await withClient(workspace, transport, workspace[endpoint], async (client) => {
      expect(client.getServerVersion()?.name).toBe("aerostack");
      expect(client.getServerCapabilities()?.tools).toBeDefined();
      await client.ping();

      const names = await toolNames(client);
      expect(names).toEqual(expect.arrayContaining(["everything__echo", "old__echo", "vault__echo", "vault__whoami"]));
      expect(names).toEqual([...names].sort());
      expect(names.every((name) => /^[A-Za-z0-9_-]{1,45}$/.test(name))).toBe(true);

      expect(textOf(await client.callTool({ name: "everything__echo", arguments: { message: "one" } }))).toBe(
        "Echo: one",
      );
      expect(textOf(await client.callTool({ name: "old__get-sum", arguments: { a: 2, b: 40 } }))).toContain("42");
      expect(textOf(await client.callTool({ name: "vault__whoami", arguments: { who: "me" } }))).toBe("you are me");
      const failed = await client.callTool({ name: "vault__boom", arguments: {} });
      expect(failed.isError).toBe(true);
    });
    const calls = await eventually("four finished rows", async () => {
      const found = await api.allCalls(workspace.slug);
      return found.length === 4 && found.every((call) => call.outcome !== "pending") ? found : null;
    });
    expect(calls.map((call) => `${call.qualifiedName} ${call.outcome}`)).toEqual([
      "vault__boom tool_error",
      "vault__whoami ok",
      "old__get-sum ok",
      "everything__echo ok",
    ]);
    expect(new Set(calls.map((call) => call.clientName))).toEqual(new Set(["e2e-client"]));
  });
}

test(proves("upstream:streamable"), async ({ workspace, everything, api }) => {
  await workspace.add("everything", everything.http.url);
  const server = await api.getServer(workspace.slug, "everything");
  expect(server).toMatchObject({ transport: "streamable-http", status: "up", protocolVersion: "2025-11-25" });
  expect(server.toolList.length).toBeGreaterThan(8);
});

test(proves("upstream:sse"), async ({ workspace, everything, api }) => {
  await workspace.add("old", everything.sse.url);
  expect(await api.getServer(workspace.slug, "old")).toMatchObject({ transport: "sse", status: "up" });
  await withClient(workspace, "http", workspace.sse, async (client) => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => client.callTool({ name: "old__echo", arguments: { message: `m${n}` } })),
    );
    expect(answers.map(textOf)).toEqual(Array.from({ length: 20 }, (_, n) => `Echo: m${n}`));
  });
});

test(proves("secrets:injected"), async ({ workspace, upstream }) => {
  await workspace.addSecret("vault", upstream);
  await withClient(workspace, "http", workspace.sse, async (client) => {
    await client.callTool({ name: "vault__echo", arguments: { message: "hi" } });
  });
  const [seen] = upstream.calls("echo");
  expect(seen?.headers.authorization).toBe(`Bearer ${upstream.secret}`);
  expect(upstream.seen.length).toBeGreaterThan(2);
  expect(JSON.stringify(upstream.seen.map((one) => one.headers))).not.toContain(workspace.token);
});

test(proves("secrets:never-leave"), async ({ workspace, upstream, api, product }) => {
  await workspace.addSecret("vault", upstream);
  const { slug } = workspace;
  await withClient(workspace, "http", workspace.sse, async (client) => {
    const leak = textOf(await client.callTool({ name: "vault__leak", arguments: {} }));
    expect(leak).toMatch(/^my key is .+\.$/);
    expect(leak).not.toContain(upstream.secret);
  });
  const reads = [
    "",
    "/servers",
    "/servers/vault",
    "/servers/vault/secrets",
    "/calls",
    "/audit",
    "/tokens",
    "/members",
    "/calls.csv",
    "/overview",
  ];
  for (const path of reads) {
    const answer = await api.send("GET", `/workspaces/${slug}${path}`);
    expect(answer.status, path).toBe(200);
    expect(JSON.stringify(answer.body), path).not.toContain(upstream.secret);
  }
  expect(product.output()).not.toContain(upstream.secret);
  expect(product.output()).not.toContain(workspace.token);
});

test(proves("secrets:not-from-arguments"), async ({ workspace, upstream }) => {
  await workspace.addSecret("vault", upstream);
  await withClient(workspace, "http", workspace.sse, async (client) => {
    const text = textOf(
      await client.callTool({ name: "vault__echo", arguments: { k: "{{API_KEY}}", h: "{{secret:API_KEY}}" } }),
    );
    expect(JSON.parse(text)).toEqual({ k: "{{API_KEY}}", h: "{{secret:API_KEY}}" });
  });
});

test(proves("client:progress"), async ({ workspace, everything }) => {
  await workspace.add("everything", everything.http.url);
  await withClient(workspace, "http", workspace.sse, async (client) => {
    const progress: number[] = [];
    const name = "everything__trigger-long-running-operation";
    await client.callTool({ name, arguments: { duration: 1, steps: 4 } }, undefined, {
      onprogress: (one) => progress.push(one.progress),
    });
    expect(progress).toEqual([1, 2, 3, 4]);
  });
});

test(proves("client:cancel"), async ({ workspace, upstream, api, product }) => {
  await workspace.addSecret("vault", upstream);
  await withClient(workspace, "http", workspace.sse, async (client) => {
    const gone = new AbortController();
    const call = client.callTool({ name: "vault__slow", arguments: { ms: 20_000 } }, undefined, {
      signal: gone.signal,
    });
    await eventually("the call is under way", () => (upstream.calls("slow").length === 1 ? true : null));
    gone.abort();
    await expect(call).rejects.toThrow();
    await eventually("the upstream call was ended", () => (upstream.aborted() > 0 ? true : null), 2_000);
    await eventually(
      "the row says so",
      async () => ((await api.listCalls(workspace.slug)).calls[0]?.outcome === "client_closed" ? true : null),
      3_000,
    );
  });
  await expectAlive(product);
});
