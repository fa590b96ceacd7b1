import { describe, expect, test } from "vitest";
import type { ToolScope } from "@/lib/access/tool-scope";
import { createLog } from "@/lib/log";
import { SEARCH_TOKENS } from "@/lib/services/workspace/context-use";
import { builtinCall } from "./builtin-tools";
import { ownTools } from "./own-tools";
import type { UpstreamServer, WorkspaceSnapshot } from "./ports";
import type { Engine, Scope } from "./scope";
import { composeToolset } from "./toolset";

const SCHEMA = { type: "object", properties: { repo: { type: "string" } } };
const server = (slug: string, tools: Record<string, string>) =>
  ({
    id: `srv_${slug}`,
    slug,
    era: null,
    tools: Object.entries(tools).map(([name, description]) => ({
      name,
      enabled: name !== "hidden",
      alias: null,
      description: null,
      definition: JSON.stringify({ name, description, inputSchema: SCHEMA }),
    })),
  }) as unknown as UpstreamServer;

const servers = [
  server("github", {
    create_issue: "Open a new issue in a repository",
    listPullRequests: "List the pull requests of a repository",
    search_code: "Search source code",
    hidden: "Create issue in secret",
  }),
  server("mail", { send: "Send an e-mail message", draft: "Write a draft" }),
];
const workspace = {
  name: "Acme",
  servers,
  nameLength: 45,
  formerNames: [{ name: "github__make_issue", serverId: "srv_github", tool: "create_issue" }],
  searchMode: true,
  resultCap: null,
} as unknown as WorkspaceSnapshot;
const toolset = composeToolset(
  { workspace, only: null },
  servers.map((one) => ({ server: one, tools: one.tools })),
);
const engine = {
  toolsets: { fresh: async () => toolset },
  log: createLog(() => undefined),
} as unknown as Pick<Engine, "toolsets" | "keys" | "log" | "keptResults">;

const scopeOf = (toolScope: ToolScope | null, only: UpstreamServer | null = null) =>
  ({ workspace, only, era: "legacy", principal: { memberId: "mem_1", toolScope } }) as unknown as Scope;

async function answer(
  name: string,
  args: object,
  toolScope: ToolScope | null = null,
): Promise<{ text: string; isError?: boolean }> {
  const done = await builtinCall(engine, scopeOf(toolScope), name, JSON.stringify(args));
  if (!done || !("answer" in done)) throw new Error("no answer");
  const { content, isError } = JSON.parse(done.answer) as { content: { text: string }[]; isError?: boolean };
  return { text: content[0]?.text ?? "", isError };
}
const find = async (args: object, toolScope: ToolScope | null = null) =>
  (JSON.parse((await answer("find_tools", args, toolScope)).text) as { tools: { name: string }[] }).tools.map(
    ({ name }) => name,
  );

describe("find_tools", () => {
  test.each([
    ["create an issue", "github__create_issue"],
    ["issues", "github__create_issue"],
    ["pull request", "github__listPullRequests"],
    ["email someone", "mail__send"],
    ["serach code", "github__search_code"],
  ])("%s → %s", async (query, best) => expect((await find({ query }))[0]).toBe(best));

  test("without a query all tools by name, page by page; off ones never", async () => {
    const all = [
      "github__create_issue",
      "github__listPullRequests",
      "github__search_code",
      "mail__draft",
      "mail__send",
    ];
    expect(await find({})).toEqual(all);
    expect(await find({ query: "the tools" })).toEqual(all);
    expect(await find({ server: "mail", limit: 1, offset: 1 })).toEqual(["mail__send"]);
    expect((await answer("find_tools", { limit: 2 })).text).toContain("3 more: offset 2");
    expect((await answer("find_tools", { query: "zebra" })).text).toContain("No tool fits");
  });

  test("shows only what the member may use", async () => {
    const scope = { readOnly: false, servers: { srv_mail: ["draft"] } };
    expect(await find({}, scope)).toEqual(["mail__draft"]);
    expect((await answer("find_tools", { query: "issue" }, scope)).text).toContain("No tool fits");
  });
});

describe("describe_tool", () => {
  test("gives the definition under its name, also by a former one", async () => {
    for (const name of ["github__create_issue", "github__make_issue"])
      expect(JSON.parse((await answer("describe_tool", { name })).text)).toEqual({
        name: "github__create_issue",
        description: "Open a new issue in a repository",
        inputSchema: SCHEMA,
      });
  });

  test("tells a tool that one may not use not apart from one that is none", async () => {
    const scope = { readOnly: false, servers: { srv_mail: null } };
    for (const name of ["github__create_issue", "github__hidden", "github__nothing", ""]) {
      const { text, isError } = await answer("describe_tool", { name }, scope);
      expect([text, isError]).toEqual([`There is no tool "${name}". Use find_tools to find its name.`, true]);
    }
  });
});

describe("call_tool", () => {
  const call = (text: string) => builtinCall(engine, scopeOf(null), "call_tool", text);

  test("hands on name and arguments to the byte", async () => {
    expect(await call('{ "arguments": {"n":1.0, "a":[ ]} ,"name":"mail__send"}')).toEqual({
      inner: { name: "mail__send", argumentsText: '{"n":1.0, "a":[ ]}' },
    });
    expect(await call('{"name":"mail__send"}')).toEqual({ inner: { name: "mail__send", argumentsText: "{}" } });
  });

  test.each([
    "{}",
    '{"name":""}',
    '{"name":5}',
    '{"name":"find_tools"}',
    '{"name":"a__b","arguments":[]}',
    '{"name":"a__b","name":"a__c"}',
    '{"name":"a__b","arguments":"{}"}',
  ])("%s is refused in words", async (text) =>
    expect(await call(text)).toMatchObject({ answer: expect.stringContaining('"isError":true') }),
  );
});

test("single-server endpoints have none of them, and other names are none of ours", async () => {
  for (const name of ["find_tools", "describe_tool", "call_tool", "read_result"])
    expect(await builtinCall(engine, scopeOf(null, servers[0]), name, "{}")).toBeNull();
  expect(await builtinCall(engine, scopeOf(null), "mail__send", "{}")).toBeNull();
});

test("what the dashboard says search mode costs is what it costs", () => {
  const { definitions } = ownTools(workspace);
  const tokens = definitions.join().length / 4;
  expect(tokens).toBeGreaterThan(SEARCH_TOKENS - 40);
  expect(tokens).toBeLessThan(SEARCH_TOKENS + 40);
});
