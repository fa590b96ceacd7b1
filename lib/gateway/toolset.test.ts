import { expect, test } from "vitest";
import type { UpstreamServer } from "./ports";
import { composeToolset } from "./toolset";

const server = (slug: string) => ({ id: slug, slug }) as UpstreamServer;
const tool = (name: string, rest: string, enabled = true) => ({
  name,
  enabled,
  definition: `{"name":${JSON.stringify(name)}${rest}}`,
});

test("names are prefixed and sorted; every other byte of a definition stays", () => {
  const rest = ',"inputSchema":{ "type":"object" },"x-new":1.0';
  const { json } = composeToolset([
    { server: server("b"), tools: [tool("t", rest)] },
    { server: server("a"), tools: [tool("with__two", rest)] },
  ]);
  expect(json).toBe(`[{"name":"a__with__two"${rest}},{"name":"b__t"${rest}}]`);
});

test("one exotic schema costs older clients that schema, not the list", () => {
  const { json } = composeToolset([
    {
      server: server("a"),
      tools: [
        tool("x", ',"inputSchema":{"anyOf":[]},"outputSchema":{"type":"array"}'),
        tool("y", ""),
        tool("z", ',"inputSchema":{"type":"object"}'),
      ],
    },
  ]);
  const schemas = (JSON.parse(json) as { inputSchema: { type: string } }[]).map((listed) => listed.inputSchema.type);
  expect(schemas).toEqual(["object", "object", "object"]);
  expect(json).not.toContain('"outputSchema"');
});

test("disabled tools, hostile names and broken definitions are left out", () => {
  const names = ["ok", "x\u0000", "x\u202ey", "a b", "n".repeat(129)];
  const { byName } = composeToolset([
    {
      server: server("a"),
      tools: [
        ...names.map((name) => tool(name, "")),
        tool("off", "", false),
        { name: "broken", enabled: true, definition: "[" },
      ],
    },
  ]);
  expect([...byName.keys()]).toEqual(["a__ok"]);
});
