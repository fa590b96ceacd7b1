import type { WorkspaceSnapshot } from "./ports";

/** Names of the gateway's own tools. None holds `__`, so no exposed name is ever one of them. */
export const OWN = {
  find: "find_tools",
  describe: "describe_tool",
  call: "call_tool",
  read: "read_result",
} as const;

/** Most that `find_tools` shows at a time, and how many unless asked for more. */
export const FOUND = { most: 50, usual: 10 };

const text = (description: string, more: object = {}) => ({ type: "string", description, ...more });
const reads = { readOnlyHint: true, openWorldHint: false };

const tool = (
  name: string,
  title: string,
  description: string,
  properties: object,
  required: string[],
  annotations = {},
) => JSON.stringify({ name, title, description, inputSchema: { type: "object", properties, required }, annotations });

const SEARCH = (workspace: Pick<WorkspaceSnapshot, "name" | "servers">) => {
  const servers = workspace.servers.map(({ slug }) => slug);
  return [
    tool(
      OWN.find,
      "Find tools",
      `Find tools by what they do. The tools of this workspace are found here instead of being listed all. Answers names and descriptions, best match first. Then read a tool's arguments with ${OWN.describe} and use it with ${OWN.call}.`,
      {
        query: text('What the tool should do, in a few words, e.g. "create an issue". Empty: all tools by name.'),
        server: text("Only tools of this server.", servers.length > 0 ? { enum: servers } : {}),
        limit: {
          type: "integer",
          minimum: 1,
          maximum: FOUND.most,
          description: `How many; ${FOUND.usual} by default.`,
        },
        offset: { type: "integer", minimum: 0, description: "How many to pass over, to read on." },
      },
      [],
      reads,
    ),
    tool(
      OWN.describe,
      "Describe a tool",
      `The whole definition of one tool: what it does and the JSON Schema of its arguments. Read it before ${OWN.call}.`,
      { name: text(`The tool's name, as ${OWN.find} gives it.`) },
      ["name"],
      reads,
    ),
    tool(
      OWN.call,
      "Call a tool",
      `Use a tool that ${OWN.find} found. Its answer comes back as if it had been called directly.`,
      {
        name: text(`The tool's name, as ${OWN.find} gives it.`),
        arguments: { type: "object", description: `What the tool takes, by the schema that ${OWN.describe} shows.` },
      },
      ["name"],
    ),
  ];
};

const READ = tool(
  OWN.read,
  "Read on in a long result",
  "Reads more of a result that was too long to be shown whole. It stays readable for an hour, for you only. Read it piece by piece, or pick out the part you need by its path.",
  {
    handle: text('The handle that the cut result names, e.g. "res_…".'),
    offset: { type: "integer", minimum: 0, description: "Characters to pass over; 0 by default." },
    limit: { type: "integer", minimum: 1, description: "Characters to read at most." },
    path: text('Where in the result, if it is JSON, e.g. "items[0].title", "items[*].id" or "rows[10:20]".'),
  },
  ["handle"],
  reads,
);

/** Definitions (JSON texts) of the gateway's own tools in a workspace's composed list; `alone`: in place of the list. */
export function ownTools(workspace: Pick<WorkspaceSnapshot, "name" | "servers" | "searchMode" | "resultCap">) {
  const definitions = [
    ...(workspace.searchMode ? SEARCH(workspace) : []),
    ...(workspace.resultCap === null ? [] : [READ]),
  ];
  return { definitions, alone: workspace.searchMode };
}
