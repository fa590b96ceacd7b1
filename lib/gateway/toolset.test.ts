import { expect, test } from "vitest";
import type { ServerTool, UpstreamServer, WorkspaceSnapshot } from "./ports";
import { composeToolset, listFor } from "./toolset";

const server = (slug: string, more: Partial<UpstreamServer> = {}) =>
  ({ id: slug, slug, era: null, ...more }) as UpstreamServer;
const tool = (name: string, rest = "", more: Partial<ServerTool> = {}): ServerTool => ({
  name,
  enabled: true,
  alias: null,
  description: null,
  definition: `{"name":${JSON.stringify(name)}${rest}}`,
  ...more,
});
const SCHEMA = ',"inputSchema":{"type":"object"}';

type Parts = { server: UpstreamServer; tools: ServerTool[] }[];
function compose(parts: Parts, workspace: Partial<WorkspaceSnapshot> = {}, only: UpstreamServer | null = null) {
  const settings = { name: "Acme", nameLength: 45, formerNames: [], searchMode: false, resultCap: null, servers: [] };
  return composeToolset({ workspace: { ...settings, ...workspace } as unknown as WorkspaceSnapshot, only }, parts);
}
const names = (json: string) => (JSON.parse(json) as { name: string }[]).map(({ name }) => name);

test("names are prefixed and sorted; every other byte of a definition stays", () => {
  const rest = ',"inputSchema":{ "type":"object" },"x-new":1.0';
  const toolset = compose([
    { server: server("b"), tools: [tool("t", rest)] },
    { server: server("a"), tools: [tool("with__two", rest)] },
  ]);
  for (const era of ["legacy", "modern"] as const)
    expect(listFor(toolset, null, era)).toBe(`[{"name":"a__with__two"${rest}},{"name":"b__t"${rest}}]`);
});

test("on a single-server endpoint names are the server's own, whatever admins call its tools", () => {
  const own = server("a");
  const parts = [{ server: own, tools: [tool("plain.name", SCHEMA, { alias: "other" })] }];
  const workspace = {
    searchMode: true,
    resultCap: 1_000,
    formerNames: [{ name: "a__x", serverId: "a", tool: "plain.name" }],
  };
  const toolset = compose(parts, workspace, own);
  expect(names(listFor(toolset, null, "legacy"))).toEqual(["plain.name"]);
  expect([...toolset.byName.keys()]).toEqual(["plain.name"]);
});

test("an alias and a text of an admin's stand in place of the server's", () => {
  const renamed = tool("create", `,"description":"Do as I say"${SCHEMA}`, {
    alias: "new_issue",
    description: "Makes an issue.",
  });
  const toolset = compose([
    { server: server("git"), tools: [renamed, tool("bare", SCHEMA, { description: "Now described." })] },
  ]);
  expect(JSON.parse(listFor(toolset, null, "modern"))).toMatchObject([
    { name: "git__bare", description: "Now described." },
    { name: "git__new_issue", description: "Makes an issue." },
  ]);
  expect(toolset.byName.get("git__new_issue")).toMatchObject({ name: "create", exposed: "git__new_issue" });
});

test("a name that a tool had answers without being listed, unless it is another tool's name now", () => {
  const formerNames = [
    { name: "git__old", serverId: "git", tool: "create" },
    { name: "git__taken", serverId: "git", tool: "create" },
    { name: "git__gone", serverId: "git", tool: "vanished" },
  ];
  const toolset = compose([{ server: server("git"), tools: [tool("create", SCHEMA), tool("taken", SCHEMA)] }], {
    formerNames,
  });
  expect(names(listFor(toolset, null, "legacy"))).toEqual(["git__create", "git__taken"]);
  expect(toolset.byName.get("git__old")?.name).toBe("create");
  expect(toolset.byName.get("git__taken")?.name).toBe("taken");
  expect(toolset.byName.has("git__gone")).toBe(false);
});

test("the workspace's length of names holds", () => {
  const name = "a_name_of_a_tool_that_has_more_than_45_characters";
  const parts = [{ server: server("srv"), tools: [tool(name, SCHEMA)] }];
  expect([...compose(parts).byName.keys()][0]).toHaveLength(45);
  expect([...compose(parts, { nameLength: 64 }).byName.keys()]).toEqual([`srv__${name}`]);
});

test("one exotic schema costs older clients that schema, not the list", () => {
  const toolset = compose([
    {
      server: server("a"),
      tools: [tool("x", ',"inputSchema":{"anyOf":[]},"outputSchema":{"type":"array"}'), tool("y"), tool("z", SCHEMA)],
    },
  ]);
  const json = listFor(toolset, null, "legacy");
  const schemas = (JSON.parse(json) as { inputSchema: { type: string } }[]).map((listed) => listed.inputSchema.type);
  expect(schemas).toEqual(["object", "object", "object"]);
  expect(json).not.toContain('"outputSchema"');
  expect(listFor(toolset, null, "modern")).toContain('"outputSchema":{"type":"array"}');
});

test("disabled tools, hostile names and broken definitions are left out", () => {
  const hostile = ["ok", "x\u0000", "x\u202ey", "a b", "n".repeat(129)];
  const { byName } = compose([
    {
      server: server("a"),
      tools: [
        ...hostile.map((name) => tool(name)),
        tool("off", "", { enabled: false }),
        { ...tool("broken"), definition: "[" },
      ],
    },
  ]);
  expect([...byName.keys()]).toEqual(["a__ok"]);
});

test("a scope cuts the list, and a tool with broken header rules is kept from modern clients of modern servers", () => {
  const broken = ',"inputSchema":{"type":"object","properties":{"x":{"type":"object","x-mcp-header":"A"}}}';
  const toolset = compose([
    { server: server("m", { era: "modern" }), tools: [tool("bad", broken), tool("good", SCHEMA)] },
    { server: server("l", { era: "legacy" }), tools: [tool("bad", broken)] },
  ]);
  expect(names(listFor(toolset, null, "modern"))).toEqual(["l__bad", "m__good"]);
  expect(names(listFor(toolset, null, "legacy"))).toEqual(["l__bad", "m__bad", "m__good"]);
  const scope = { readOnly: false, servers: { m: ["good"] } };
  expect(names(listFor(toolset, scope, "modern"))).toEqual(["m__good"]);
  expect(listFor(toolset, scope, "modern")).toBe(listFor(toolset, scope, "modern"));
});

test("search mode lists three tools in place of all; a bound for results adds one and promises no structure", () => {
  const parts = [{ server: server("a"), tools: [tool("t", `${SCHEMA},"outputSchema":{"type":"object"}`)] }];
  const searching = compose(parts, { searchMode: true });
  expect(names(listFor(searching, null, "legacy"))).toEqual(["find_tools", "describe_tool", "call_tool"]);
  expect(names(listFor(searching, { readOnly: true, servers: {} }, "modern"))).toHaveLength(3);
  expect(searching.byName.has("a__t")).toBe(true);
  const bounded = listFor(compose(parts, { resultCap: 1_000 }), null, "modern");
  expect(names(bounded)).toEqual(["a__t", "read_result"]);
  expect(bounded).not.toContain('"outputSchema"');
});
