import { afterEach, describe, expect, test } from "vitest";
import { startFixture } from "@/e2e/conformance/upstream/start";
import { TASKS_EXTENSION } from "@/lib/mcp/protocol";
import { legacyClient, modernClient } from "@/lib/testing/era-client";
import { worldOf } from "@/lib/testing/sdk-world";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

/** Two servers that offer the same, one of each family of revisions, behind one endpoint. */
async function twoServers() {
  const [older, newer] = await Promise.all([startFixture("legacy"), startFixture("modern")]);
  const world = await worldOf([
    { slug: "old", url: older.url },
    { slug: "new", url: newer.url },
  ]);
  open.push(older, newer, world.gateway);
  return world;
}

const CLIENTS = { legacy: legacyClient, modern: modernClient };
const SERVERS = ["old", "new"] as const;

describe.each(["legacy", "modern"] as const)("a %s client of two servers", (era) => {
  const connect = CLIENTS[era];

  test("sees what both offer, each under its server's name", async () => {
    const client = await connect(await twoServers());
    expect(client.welcome.capabilities).toMatchObject({
      tools: { listChanged: true },
      prompts: { listChanged: true },
      resources: { subscribe: true, listChanged: true },
      completions: {},
      logging: {},
    });
    const { prompts } = (await client.request("prompts/list")).result as { prompts: { name: string }[] };
    const names = prompts.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    for (const server of SERVERS) expect(names).toContain(`${server}__test_simple_prompt`);
    const { resources } = (await client.request("resources/list")).result as { resources: { uri: string }[] };
    for (const server of SERVERS) expect(resources.map(({ uri }) => uri)).toContain(`${server}+test://static-text`);
    const { resourceTemplates } = (await client.request("resources/templates/list")).result as {
      resourceTemplates: { uriTemplate: string }[];
    };
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      "new+test://template/{id}/data",
      "old+test://template/{id}/data",
    ]);
  });

  test.each(SERVERS)("reads, gets and completes what %s has", async (server) => {
    const client = await connect(await twoServers());
    const uri = `${server}+test://template/7/data`;
    const read = await client.request("resources/read", { uri });
    expect(read.result).toMatchObject({ contents: [{ uri, mimeType: "application/json" }] });
    const name = `${server}__test_prompt_with_embedded_resource`;
    const got = await client.request("prompts/get", { name, arguments: { resourceUri: "test://x" } });
    expect(got.result).toMatchObject({ messages: [{ content: { resource: { uri: `${server}+test://x` } } }, {}] });
    const called = await client.request("tools/call", { name: `${server}__test_embedded_resource`, arguments: {} });
    expect(called.result).toMatchObject({ content: [{ resource: { uri: `${server}+test://embedded-resource` } }] });
    const completed = await client.request("completion/complete", {
      ref: { type: "ref/prompt", name: `${server}__test_prompt_with_arguments` },
      argument: { name: "arg1", value: "par" },
    });
    expect(completed.result).toMatchObject({ completion: { values: ["paris", "park", "party"] } });
    for (const { result } of [read, got, called, completed])
      expect(result?.resultType).toBe(era === "modern" || server === "new" ? "complete" : undefined);
  });

  test("a resource that nobody has is missing in its era's words, and leaves a row", async () => {
    const world = await twoServers();
    const client = await connect(world);
    for (const uri of ["old+test://nothing", "new+test://nothing", "nobody+test://nothing", "test://static-text"]) {
      const { error } = await client.request("resources/read", { uri });
      // These servers say -32602 whatever the revision; what the gateway itself says is the client's revision's.
      const isOwn = !/^(old|new)\+/.test(uri);
      expect([uri, error?.code]).toEqual([uri, era === "legacy" && isOwn ? -32002 : -32602]);
    }
    expect((await client.request("prompts/get", { name: "old__nothing" })).error).toMatchObject({ code: -32602 });
    await world.gateway.close();
    expect(world.intents.map(({ method, errorClass }) => [method, errorClass])).toEqual([
      ["resources/read", null],
      ["resources/read", null],
      ["resources/read", "unknown_resource"],
      // Both servers have it, so the bare URI names neither.
      ["resources/read", "unknown_resource"],
      ["prompts/get", "unknown_prompt"],
    ]);
  });

  test.each(SERVERS)("log messages of %s come from the wanted level on", async (server) => {
    const client = await connect(await twoServers());
    const call = async (level: string) => {
      if (era === "legacy") await client.request("logging/setLevel", { level });
      const _meta = era === "modern" ? { "io.modelcontextprotocol/logLevel": level } : undefined;
      const name = `${server}__test_tool_with_logging`;
      return (await client.request("tools/call", { name, arguments: {}, ...(_meta && { _meta }) })).notifications;
    };
    expect(await call("info")).toHaveLength(3);
    expect(await call("error")).toHaveLength(0);
    expect(await call("debug")).toHaveLength(3);
  });

  test("a member's tools decide whose prompts and resources they see", async () => {
    const world = await twoServers();
    world.principal.toolScope = { readOnly: false, servers: { srv_old: null } };
    const client = await connect(world);
    const { prompts } = (await client.request("prompts/list")).result as { prompts: { name: string }[] };
    expect(prompts.every(({ name }) => name.startsWith("old__"))).toBe(true);
    const { error } = await client.request("resources/read", { uri: "new+test://static-text" });
    expect(error?.message).toBe("Resource not found");
    expect((await client.request("prompts/get", { name: "new__test_simple_prompt" })).error?.code).toBe(-32602);
    expect((await client.request("prompts/get", { name: "old__test_simple_prompt" })).result).toBeDefined();
  });

  test("one dead server costs nothing but its own offers", async () => {
    const alive = await startFixture("dual");
    const world = await worldOf([
      { slug: "dead", url: "http://127.0.0.1:9/mcp" },
      { slug: "up", url: alive.url },
    ]);
    open.push(alive, world.gateway);
    const client = await connect(world);
    const { prompts } = (await client.request("prompts/list")).result as { prompts: { name: string }[] };
    expect(prompts.length).toBeGreaterThan(0);
    const { result } = await client.request("resources/read", { uri: "up+test://static-text" });
    expect(result).toBeDefined();
    const { error } = await client.request("resources/read", { uri: "dead+test://x" });
    expect(error).toMatchObject({ code: -32603, message: expect.stringContaining('"dead"') });
  });
});

const TASKS = { extensions: { [TASKS_EXTENSION]: {} } };

describe("tasks of a newer server", () => {
  test("are the member's own, under ids that name their server", async () => {
    const world = await twoServers();
    const client = await modernClient(world, { capabilities: TASKS });
    expect(client.welcome.capabilities).toMatchObject(TASKS);
    const call = { name: "new__slow_compute", arguments: { seconds: 0.05 } };
    const { result: task } = await client.request("tools/call", call);
    expect(task).toMatchObject({ resultType: "task", taskId: expect.stringMatching(/^new\./) });
    const { result } = await client.request("tasks/get", { taskId: task?.taskId });
    expect(result).toMatchObject({ taskId: task?.taskId, status: expect.any(String) });
    const single = await modernClient(world, { capabilities: TASKS, path: "/ws/acme/s/new/mcp" });
    const { result: other } = await single.request("tools/call", { ...call, name: "slow_compute" });
    expect((await single.request("tasks/get", { taskId: other?.taskId })).result).toMatchObject({ status: "working" });
    // Somebody who may use nothing of the server (any more) has no tasks there.
    world.principal.toolScope = { readOnly: false, servers: { srv_old: null } };
    world.gateway.refresh();
    expect((await client.request("tasks/get", { taskId: task?.taskId })).error).toMatchObject({ code: -32602 });
    expect((await single.request("tasks/get", { taskId: other?.taskId })).error).toMatchObject({ code: -32601 });
    world.principal.toolScope = null;
    world.gateway.refresh();
    expect((await client.request("tasks/cancel", { taskId: task?.taskId })).result).toMatchObject({});
    expect((await client.request("tasks/get", { taskId: "new.aero1.x.y" })).error).toMatchObject({ code: -32602 });

    world.principal.memberId = "mem_2";
    world.gateway.refresh();
    const colleague = await modernClient(world, { capabilities: TASKS });
    expect((await colleague.request("tasks/get", { taskId: task?.taskId })).error).toMatchObject({ code: -32602 });
  });

  test("are nothing that older clients or servers hear of", async () => {
    const world = await twoServers();
    const older = await legacyClient(world, { capabilities: TASKS });
    expect(older.welcome.capabilities).not.toHaveProperty("extensions");
    const called = await older.request("tools/call", { name: "new__slow_compute", arguments: { seconds: 0 } });
    expect(called.result).toMatchObject({ content: [{ type: "text" }] });
    expect((await older.request("tasks/get", { taskId: "x" })).error).toMatchObject({ code: -32601 });
    const undeclared = await modernClient(world);
    expect((await undeclared.request("tasks/get", { taskId: "x" })).error).toMatchObject({ code: -32021 });
  });
});
