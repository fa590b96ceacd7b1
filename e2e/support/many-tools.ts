import { bodyOf, listen } from "./listener";

export interface ManyTools {
  url: string;
  /** Names of the tools that were called, in order. */
  called: string[];
  close(): Promise<void>;
}

const VERBS = ["create", "update", "delete", "list", "archive", "assign", "export", "merge", "close"];
const NOUNS = ["issue", "page", "invoice", "event", "contact"];

/** One call of `list_rows`: JSON of about 60,000 characters. */
export const ROWS = Array.from({ length: 1_000 }, (_, id) => ({ id, title: `Row number ${id} of the long table` }));

/** A server with 46 tools: 45 that say what they do, and one whose answer is long. */
export async function startManyTools(): Promise<ManyTools> {
  const called: string[] = [];
  const tools = VERBS.flatMap((verb) =>
    NOUNS.map((noun) => ({
      name: `${verb}_${noun}`,
      description: `Use this to ${verb} one ${noun} of the team's board. It needs the id of the ${noun}, and says what it did in a sentence.`,
      inputSchema: {
        type: "object",
        properties: { id: { type: "string", description: `Id of the ${noun}.` } },
        required: ["id"],
      },
    })),
  );
  const rows = {
    name: "list_rows",
    description: "Lists all rows of the table.",
    inputSchema: { type: "object", properties: {} },
    annotations: { readOnlyHint: true },
  };
  const answer = ({ name, arguments: args }: { name: string; arguments?: { id?: string } }) => {
    called.push(name);
    const text = name === "list_rows" ? JSON.stringify({ rows: ROWS }) : `${name} of ${args?.id} done`;
    return { content: [{ type: "text", text }] };
  };
  const listener = await listen(async (request, response) => {
    if (request.method !== "POST") return void response.writeHead(405).end();
    const { id, method, params } = JSON.parse(await bodyOf(request)) as {
      id?: unknown;
      method: string;
      params: { name: string };
    };
    if (id === undefined) return void response.writeHead(202).end();
    const results: Record<string, () => unknown> = {
      initialize: () => ({
        protocolVersion: "2025-11-25",
        capabilities: { tools: {} },
        serverInfo: { name: "many", version: "1" },
      }),
      "tools/list": () => ({ tools: [...tools, rows] }),
      "tools/call": () => answer(params),
    };
    const result = results[method]?.();
    const body = result ? { result } : { error: { code: -32601, message: "Method not found" } };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ jsonrpc: "2.0", id, ...body }));
  });
  return { url: `${listener.origin}/mcp`, called, close: listener.close };
}
