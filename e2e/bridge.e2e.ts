import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { startNewServer, startOldServer } from "@/lib/mcp/testing/sdk-servers";
import { expect, proves, test } from "./fixtures";
import { connect, textOf } from "./support/mcp";
import { modernRpc } from "./support/modern";

const ADA = { action: "accept" as const, content: { name: "Ada" } };
const KINDS = ["old", "sse", "new"] as const;

const start = async () => ({
  old: await startOldServer("streamable-http"),
  sse: await startOldServer("sse"),
  new: await startNewServer(true),
});

test(proves("bridge:older-client"), async ({ workspace }) => {
  const servers = await start();
  try {
    for (const slug of KINDS) await workspace.add(slug, servers[slug].url);
    for (const transport of ["http", "sse"] as const) {
      const url = transport === "http" ? workspace.mcp : workspace.sse;
      const client = await connect(url, workspace.token, transport, { elicitation: {} });
      const asked: string[] = [];
      client.setRequestHandler(ElicitRequestSchema, async ({ params }) => {
        asked.push(params.message);
        return ADA;
      });
      try {
        const { prompts } = await client.listPrompts();
        expect(prompts).toHaveLength(3);
        for (const { name } of prompts) expect((await client.getPrompt({ name })).messages).toHaveLength(1);
        const { resources } = await client.listResources();
        expect(resources.map(({ uri }) => uri)).toEqual(KINDS.toSorted().map((slug) => `${slug}+note://a`));
        for (const { uri } of resources)
          expect((await client.readResource({ uri })).contents).toMatchObject([{ uri, text: "hello" }]);
        for (const slug of KINDS) {
          const answer = textOf(await client.callTool({ name: `${slug}__ask`, arguments: {} }));
          expect([slug, JSON.parse(answer)]).toEqual([slug, ADA]);
        }
        expect(asked).toEqual(["Who are you?", "Who are you?", "Who are you?"]);
      } finally {
        await client.close();
      }
    }
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.close()));
  }
});

test(proves("bridge:newer-client"), async ({ api, workspace }) => {
  const servers = await start();
  const ask = (method: string, params: Record<string, unknown> = {}) =>
    modernRpc(workspace.mcp, workspace.token, method, params, { capabilities: { elicitation: {} } });
  try {
    for (const slug of KINDS) await workspace.add(slug, servers[slug].url);
    const discovered = await ask("server/discover");
    expect(discovered.message?.result).toMatchObject({
      resultType: "complete",
      capabilities: { tools: {}, prompts: {}, resources: { subscribe: true } },
    });
    const listed = await ask("resources/list");
    const resources = (listed.message?.result?.resources ?? []) as { uri: string }[];
    expect(resources).toHaveLength(3);
    for (const { uri } of resources)
      expect((await ask("resources/read", { uri })).message?.result).toMatchObject({
        resultType: "complete",
        contents: [{ uri, text: "hello" }],
      });
    for (const slug of KINDS) {
      const name = `${slug}__ask`;
      const first = (await ask("tools/call", { name, arguments: {} })).message?.result;
      const { inputRequests, requestState } = first as { inputRequests: object; requestState?: string };
      expect([slug, first?.resultType]).toEqual([slug, "input_required"]);
      const inputResponses = Object.fromEntries(Object.keys(inputRequests).map((key) => [key, ADA]));
      const retry = { name, arguments: {}, inputResponses, ...(requestState !== undefined && { requestState }) };
      const done = (await ask("tools/call", retry)).message?.result;
      expect([slug, JSON.parse(textOf(done))]).toEqual([slug, ADA]);
    }
    // A held call is one row; a newer server sees each round as a request of its own.
    const count = async (server: string) => {
      const { calls } = await api.listCalls(workspace.slug, { server, tool: "ask" });
      return calls.map(({ outcome }) => outcome);
    };
    await expect.poll(() => count("old")).toEqual(["ok"]);
    await expect.poll(() => count("new")).toEqual(["ok", "ok"]);
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.close()));
  }
});
