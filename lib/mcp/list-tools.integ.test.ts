import { expect, test } from "vitest";
import { listPrompts, listResources, listTemplates } from "./list-all";
import { listTools } from "./list-tools";
import { json, reply } from "./testing/fixture-server";
import { connect, failure } from "./testing/world";

test("tools are read page by page as raw text; unusable ones are left out", async () => {
  const { session } = await connect((each) => {
    const second = each.message.params?.cursor === "c1";
    const first =
      '{"tools":[{"name":"a","x-unknown":1.0},{"name":"x\\u0000"},{"name":"send message"},{"name":"a"},{"name":"d","name":"d"},{}],"nextCursor":"c1"}';
    json(
      each.res,
      200,
      `{"jsonrpc":"2.0","id":${each.message.id},"result":${second ? '{"tools":[ {"name":"b.c"} ]}' : first}}`,
    );
  });
  expect(await listTools(session, 2_000)).toEqual([
    { name: "a", definition: '{"name":"a","x-unknown":1.0}' },
    { name: "b.c", definition: '{"name":"b.c"}' },
  ]);
});

test.each([
  ["the same cursor for ever", () => "same", "not_mcp"],
  ["always another cursor", (page: number) => `c${page}`, "not_mcp"],
])("a list with %s ends", async (_title, cursor, reason) => {
  let page = 0;
  const { session } = await connect((each) => reply(each, { tools: [], nextCursor: cursor(page++) }));
  expect(await failure(listTools(session, 5_000))).toMatchObject({ reason });
  expect(page).toBeLessThanOrEqual(100);
});

test("a list of too many tools is refused", async () => {
  const { session } = await connect((each) =>
    reply(each, { tools: Array.from({ length: 1_001 }, (_, i) => ({ name: `t${i}` })) }),
  );
  expect(await failure(listTools(session, 5_000))).toMatchObject({ reason: "too_large" });
});

test("prompts, resources and templates are read alike, by what addresses them; a server without them has none", async () => {
  const lists: Record<string, unknown> = {
    "prompts/list": { prompts: [{ name: "p" }, { name: "p", title: "again" }, { name: "\u0000" }] },
    "resources/list": { resources: [{ uri: "note://a", name: "x" }, { uri: "a b" }, { name: "no uri" }] },
  };
  const { session } = await connect((each) => {
    const list = lists[each.message.method ?? ""];
    if (list) return reply(each, list);
    json(each.res, 200, { jsonrpc: "2.0", id: each.message.id, error: { code: -32601, message: "?" } });
  });
  expect(await listPrompts(session, 2_000)).toEqual([{ key: "p", definition: '{"name":"p"}' }]);
  expect(await listResources(session, 2_000)).toEqual([
    { key: "note://a", definition: '{"uri":"note://a","name":"x"}' },
  ]);
  expect(await listTemplates(session, 2_000)).toEqual([]);
  expect(await failure(listTools(session, 2_000))).toMatchObject({ reason: "not_mcp" });
});
