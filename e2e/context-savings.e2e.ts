import { expect, proves, test } from "./fixtures";
import { type ManyTools, ROWS, startManyTools } from "./support/many-tools";
import { connect, textOf } from "./support/mcp";
import { modernRpc } from "./support/modern";

let many: ManyTools;
test.beforeAll(async () => {
  many = await startManyTools();
});
test.afterAll(() => many.close());

test(proves("context:search"), async ({ workspace }) => {
  await workspace.add("board", many.url);
  const client = await connect(workspace.mcp, workspace.token, "http");
  try {
    expect((await client.listTools()).tools).toHaveLength(46);
    const set = (searchMode: boolean) =>
      workspace.api.send("PATCH", `/workspaces/${workspace.slug}/settings`, { searchMode });
    expect((await set(true)).status).toBe(200);
    const names = async () => (await client.listTools()).tools.map(({ name }) => name);
    await expect.poll(names).toEqual(["find_tools", "describe_tool", "call_tool"]);

    const found = textOf(await client.callTool({ name: "find_tools", arguments: { query: "archive an invoice" } }));
    const [best] = (JSON.parse(found) as { tools: { name: string }[] }).tools;
    expect(best?.name).toBe("board__archive_invoice");
    const described = textOf(await client.callTool({ name: "describe_tool", arguments: { name: best?.name } }));
    expect(JSON.parse(described)).toMatchObject({ name: best?.name, inputSchema: { required: ["id"] } });
    const inner = { name: best?.name, arguments: { id: "7" } };
    expect(textOf(await client.callTool({ name: "call_tool", arguments: inner }))).toBe("archive_invoice of 7 done");
    const modern = await modernRpc(workspace.mcp, workspace.token, "tools/call", {
      name: "call_tool",
      arguments: inner,
    });
    expect(modern.message?.result).toMatchObject({
      resultType: "complete",
      content: [{ text: "archive_invoice of 7 done" }],
    });
    // Whoever still knows the name calls it directly.
    expect(textOf(await client.callTool({ name: "board__list_page", arguments: { id: "1" } }))).toBe(
      "list_page of 1 done",
    );

    await workspace.api.setTool(workspace.slug, "board", "archive_invoice", false);
    await expect
      .poll(async () => textOf(await client.callTool({ name: "find_tools", arguments: { query: "archive invoice" } })))
      .not.toContain("board__archive_invoice");
    await expect(client.callTool({ name: "call_tool", arguments: inner })).rejects.toThrow(/Unknown tool/);
    await set(false);
    await expect.poll(async () => (await names()).length).toBe(45);

    const calls = await workspace.api.allCalls(workspace.slug);
    expect(calls.map(({ tool, outcome }) => `${tool} ${outcome}`)).toEqual([
      "archive_invoice denied",
      "list_page ok",
      "archive_invoice ok",
      "archive_invoice ok",
    ]);
    expect(calls.every(({ server, actor }) => server === "board" && actor === workspace.member)).toBe(true);
  } finally {
    await client.close();
  }
});

test(proves("context:results"), async ({ workspace }) => {
  await workspace.add("board", many.url);
  await workspace.api.send("PATCH", `/workspaces/${workspace.slug}/settings`, { resultCap: 10_000 });
  const whole = JSON.stringify({ rows: ROWS });
  const client = await connect(workspace.mcp, workspace.token, "http");
  const other = await connect(workspace.mcp, (await workspace.issue("Bob")).token, "http");
  try {
    const { content } = (await client.callTool({ name: "board__list_rows", arguments: {} })) as {
      content: { text: string }[];
    };
    expect(content[0]?.text).toBe(whole.slice(0, 10_000));
    const handle = /res_[0-9a-z]{24}/.exec(content[1]?.text ?? "")?.[0];
    const read = async (args: object, who = client) => {
      const result = await who.callTool({ name: "read_result", arguments: { handle, ...args } });
      return (result.content as { text: string }[])[0]?.text ?? "";
    };
    let text = content[0]?.text ?? "";
    while (text.length < whole.length) text += await read({ offset: text.length });
    expect(text).toBe(whole);
    expect(await read({ path: "rows[999].title" })).toBe("Row number 999 of the long table");
    expect(await read({ path: "rows[:3].id" })).toBe("[0,1,2]");
    expect(await read({}, other)).toContain("There is no such result");
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain("read_result");

    await workspace.api.send("PATCH", `/workspaces/${workspace.slug}/settings`, { resultCap: null });
    await expect
      .poll(async () => textOf(await client.callTool({ name: "board__list_rows", arguments: {} })).length)
      .toBe(whole.length);
    const calls = await workspace.api.allCalls(workspace.slug);
    expect(calls.every(({ tool }) => tool === "list_rows")).toBe(true);
  } finally {
    await Promise.all([client.close(), other.close()]);
  }
});
