import { bodyOf, listen } from "./listener";
import { sleep } from "./process";

/** A working day in small: servers with the names that teams have, and who called what. */
export interface Scene {
  servers: { slug: string; name: string; url: string }[];
  /** Person and exposed tool, oldest first. */
  calls: [who: string, tool: string][];
  close(): Promise<void>;
}

const SERVERS = {
  github: { name: "GitHub", tools: ["create_issue", "list_pull_requests", "get_file_contents", "search_code"] },
  linear: { name: "Linear", tools: ["create_ticket", "list_tickets", "update_ticket"] },
  slack: { name: "Slack", tools: ["send_message", "search_messages"] },
  warehouse: { name: "Data warehouse", tools: ["run_query", "describe_table"] },
};

const CALLS: Scene["calls"] = [
  ["Bo Larsen", "warehouse__describe_table"],
  ["Chidi Okafor", "github__search_code"],
  ["Dana Rossi", "linear__list_tickets"],
  ["Alice Chen", "github__get_file_contents"],
  ["Bo Larsen", "warehouse__run_query"],
  ["Chidi Okafor", "slack__search_messages"],
  ["Alice Chen", "github__list_pull_requests"],
  ["Dana Rossi", "linear__create_ticket"],
  ["Bo Larsen", "warehouse__run_query"],
  ["Alice Chen", "github__create_issue"],
  ["Chidi Okafor", "slack__send_message"],
  ["Alice Chen", "linear__update_ticket"],
];

/** Starts the servers on one loopback listener, each under its own path. */
export async function startScene(): Promise<Scene> {
  let asked = 0;
  const { origin, close } = await listen(async (request, response) => {
    if (request.method !== "POST") return void response.writeHead(405).end();
    const slug = (request.url ?? "").split("/")[1] as keyof typeof SERVERS;
    const { name, tools } = SERVERS[slug];
    const { id, method } = JSON.parse(await bodyOf(request)) as { id?: unknown; method: string };
    if (id === undefined) return void response.writeHead(202).end();
    if (method === "tools/call") await sleep(40 + ((++asked * 67) % 180));
    const results: Record<string, unknown> = {
      initialize: {
        protocolVersion: "2025-11-25",
        capabilities: { tools: {} },
        serverInfo: { name, version: "2.1.0" },
      },
      "tools/list": { tools: tools.map((tool) => ({ name: tool, inputSchema: { type: "object" } })) },
      "tools/call": { content: [{ type: "text", text: "done" }] },
    };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ jsonrpc: "2.0", id, result: results[method] }));
  });
  return {
    servers: Object.entries(SERVERS).map(([slug, { name }]) => ({ slug, name, url: `${origin}/${slug}/mcp` })),
    calls: CALLS,
    close,
  };
}
