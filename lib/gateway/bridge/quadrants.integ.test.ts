import { afterEach, describe, expect, test } from "vitest";
import { type NewSdkServer, type OldSdkServer, startNewServer, startOldServer } from "@/lib/mcp/testing/sdk-servers";
import { type EraClient, legacyClient, modernClient } from "@/lib/testing/era-client";
import type { World } from "@/lib/testing/gateway-world";
import { worldOf } from "@/lib/testing/sdk-world";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

const CLIENTS = { legacy: legacyClient, modern: modernClient };
const SERVERS = {
  legacy: () => startOldServer("streamable-http"),
  "legacy over SSE": () => startOldServer("sse"),
  modern: () => startNewServer(true),
};
const QUADRANTS = (["legacy", "modern"] as const).flatMap((client) =>
  (["legacy", "legacy over SSE", "modern"] as const).map((server) => ({ client, server })),
);
const ASKABLE = { elicitation: { form: {} }, roots: {} };

async function meet(
  { client, server }: (typeof QUADRANTS)[number],
  options: { capabilities?: Record<string, unknown>; path?: string } = {},
): Promise<{ world: World; client: EraClient; server: OldSdkServer | NewSdkServer }> {
  const upstream = await SERVERS[server]();
  const world = await worldOf([
    { slug: "up", url: upstream.url, transport: server === "legacy over SSE" ? "sse" : "streamable-http" },
  ]);
  open.push(upstream, world.gateway);
  return { world, client: await CLIENTS[client](world, options), server: upstream };
}

const textOf = (result: Record<string, unknown> | undefined): unknown =>
  JSON.parse((result as { content: [{ text: string }] }).content[0].text);

describe.each(QUADRANTS)("a $client client of a $server server", (quadrant) => {
  const isModern = quadrant.client === "modern";
  const prompt = quadrant.server === "modern" ? "grüß" : "greet";

  test("lists, calls, reads and gets by exposed names", async () => {
    const { client, world } = await meet(quadrant);
    expect(client.welcome.capabilities).toMatchObject({ tools: {}, resources: { subscribe: true }, logging: {} });
    const { tools } = (await client.request("tools/list")).result as { tools: { name: string }[] };
    expect(tools.map(({ name }) => name)).toContain("up__echo");
    const { resources } = (await client.request("resources/list")).result as { resources: { uri: string }[] };
    expect(resources.map(({ uri }) => uri)).toEqual(["up+note://a"]);
    expect((await client.request("resources/templates/list")).result).toMatchObject({ resourceTemplates: [] });
    const { prompts } = (await client.request("prompts/list")).result as { prompts: { name: string }[] };
    expect(prompts).toHaveLength(1);

    const called = await client.request("tools/call", { name: "up__echo", arguments: { text: "hi" } });
    expect(textOf(called.result)).toMatchObject({ text: "hi" });
    const read = await client.request("resources/read", { uri: "up+note://a" });
    expect(read.result).toMatchObject({ contents: [{ uri: "up+note://a", text: "hello" }] });
    const bare = await client.request("resources/read", { uri: "note://a" });
    expect(bare.result).toMatchObject({ contents: [{ uri: "note://a", text: "hello" }] });
    const got = await client.request("prompts/get", { name: prompts[0]?.name });
    expect(got.result).toMatchObject({ messages: [{ role: "user" }] });
    for (const { result } of [called, read, got])
      expect(result).toMatchObject(isModern ? { resultType: "complete", _meta: expect.anything() } : {});
    if (isModern) expect(read.result).toMatchObject({ ttlMs: expect.any(Number), cacheScope: expect.any(String) });

    await world.gateway.close();
    expect(world.intents.map(({ method, server, tool }) => [method, server, tool])).toEqual([
      ["tools/call", "up", "echo"],
      ["resources/read", "up", "note://a"],
      ["resources/read", "up", "note://a"],
      ["prompts/get", "up", prompt],
    ]);
    expect(world.outcomes.map(({ outcome }) => outcome)).toEqual(["ok", "ok", "ok", "ok"]);
  });

  test("on the single-server endpoint names and URIs are the server's own", async () => {
    const { client } = await meet(quadrant, { path: "/ws/acme/s/up/mcp" });
    const serverInfo = isModern
      ? (client.welcome._meta as Record<string, unknown>)["io.modelcontextprotocol/serverInfo"]
      : client.welcome.serverInfo;
    expect(serverInfo).toEqual(
      quadrant.server === "modern" ? { name: "new", version: "2" } : { name: "old", version: "1" },
    );
    expect(client.welcome.instructions).toBe("Ask away.");
    const { tools } = (await client.request("tools/list")).result as { tools: { name: string }[] };
    expect(tools.map(({ name }) => name)).toContain("echo");
    expect((await client.request("resources/list")).result).toMatchObject({ resources: [{ uri: "note://a" }] });
    expect((await client.request("prompts/list")).result).toMatchObject({ prompts: [{ name: prompt }] });
    expect((await client.request("resources/read", { uri: "note://a" })).result).toMatchObject({
      contents: [{ uri: "note://a" }],
    });
    expect((await client.request("prompts/get", { name: prompt })).result).toMatchObject({ messages: [{}] });
    const called = await client.request("tools/call", { name: "echo", arguments: { text: "hi" } });
    expect(textOf(called.result)).toMatchObject({ text: "hi" });
  });

  test("the server asks the client's user, and goes on with the answer", async () => {
    const { client, world } = await meet(quadrant, { capabilities: ASKABLE });
    const answer = () => ({ action: "accept", content: { name: "Ada" } });
    const called = await client.request("tools/call", { name: "up__ask", arguments: {} }, { answer });
    expect(called.asked).toMatchObject([{ method: "elicitation/create", params: { message: "Who are you?" } }]);
    expect(textOf(called.result)).toMatchObject({ action: "accept", content: { name: "Ada" } });
    await world.gateway.close();
    const last = world.intents.at(-1);
    expect(world.outcomes.find(({ id }) => id === last?.id)).toMatchObject({ outcome: "ok" });
    // A held call is one row; a modern server sees each round as a call of its own.
    expect(world.intents).toHaveLength(isModern && quadrant.server === "modern" ? 2 : 1);
  });

  test("a client that declared nothing is asked nothing, and the tool says so", async () => {
    const { client } = await meet(quadrant);
    const { result, error, asked, rounds } = await client.request("tools/call", { name: "up__ask", arguments: {} });
    expect([asked, rounds]).toEqual([[], []]);
    expect(result?.isError === true || error !== undefined).toBe(true);
  });

  test("progress comes under the client's own token", async () => {
    const { client } = await meet(quadrant);
    const { notifications } = await client.request("tools/call", {
      name: "up__count",
      arguments: {},
      _meta: { progressToken: "mine" },
    });
    expect(notifications.map(({ params }) => params)).toEqual([
      { progressToken: "mine", progress: 1 },
      { progressToken: "mine", progress: 2 },
    ]);
  });
});
