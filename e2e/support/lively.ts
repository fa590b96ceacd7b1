import type { Browser } from "playwright/test";
import type { WorkspaceView } from "@/lib/services/workspace/view";
import type { Api } from "./api";
import { type Caller, type Habit, pastCalls, writeCalls } from "./history";
import { callTool } from "./mcp";
import type { Place } from "./pages";
import { furnish } from "./place";
import type { Product } from "./product";
import type { Scene } from "./scene";

const SLUG = "engineering";
const DAYS = 30;

const PEOPLE: [name: string, client: string, version: string, perDay: number][] = [
  ["Alice Chen", "claude-code", "2.1.14", 46],
  ["Bo Larsen", "cursor-vscode", "2.3.0", 31],
  ["Chidi Okafor", "claude-code", "2.1.9", 24],
  ["Dana Rossi", "Visual Studio Code", "1.112.0", 17],
  ["Emre Yıldız", "codex-mcp-client", "0.61.0", 12],
  ["Farah Haddad", "claude-ai", "1.4.2", 9],
  ["Goro Tanaka", "gemini-cli-mcp-client", "0.20.1", 5],
  ["Release bot", "mcp-remote", "0.1.30", 14],
];

/** Server, tool, kind, weight, usual ms, part that fails. */
const TOOLS: [server: string, tool: string, kind: Habit["kind"], weight: number, ms: number, fails: number][] = [
  ["github", "search_code", "read", 30, 240, 0.01],
  ["github", "get_file_contents", "read", 26, 160, 0.01],
  ["github", "list_pull_requests", "read", 12, 210, 0.02],
  ["github", "create_issue", "write", 6, 380, 0.04],
  ["linear", "list_tickets", "read", 14, 180, 0.01],
  ["linear", "update_ticket", "write", 7, 260, 0.03],
  ["linear", "create_ticket", "write", 4, 310, 0.05],
  ["slack", "search_messages", "read", 9, 420, 0.03],
  ["slack", "send_message", "write", 5, 190, 0.08],
  ["warehouse", "run_query", "write", 11, 1_400, 0.09],
  ["warehouse", "describe_table", "read", 8, 320, 0.02],
];

/** A team after its first month, as a person would find it: servers, people, a rule, a refusal, and thousands of calls. */
export async function livelyPlace(product: Product, api: Api, browser: Browser, scene: Scene): Promise<Place> {
  const created = await api.createWorkspace({ name: "Engineering", slug: SLUG });
  await api.createWorkspace({ name: "Customer success", slug: "success" });
  await api.createWorkspace({ name: "Data platform", slug: "data" });
  const ids = new Map<string, string>();
  for (const { slug, name, url } of scene.servers) {
    const { server } = await api.addServer(SLUG, {
      slug,
      name,
      url,
      headers: [{ name: "Authorization", template: "Bearer {{API_KEY}}" }],
      secrets: { API_KEY: `sample-${slug}-0123456789` },
    });
    ids.set(slug, server.id);
  }
  await api.addServer("success", { slug: "slack", name: "Slack", url: scene.servers[2]?.url ?? "" });
  const callers: Caller[] = [];
  const tokens: string[] = [];
  for (const [name, client, version, perDay] of PEOPLE) {
    const { id, member, prefix, token } = await api.createToken(SLUG, name);
    callers.push({ memberId: member.id, name, email: null, tokenId: id, tokenPrefix: prefix, client, version, perDay });
    tokens.push(token);
  }
  await api.send("POST", `/workspaces/${SLUG}/rules`, {
    server: "warehouse",
    tool: "run_query",
    role: "member",
    conditions: [{ path: ["limit"], operator: "lte", value: 1_000 }],
  });
  await api.setTool(SLUG, "slack", "send_message", false);
  const place = await furnish(api, product, browser, {
    slug: SLUG,
    server: "github",
    member: callers[0]?.memberId ?? "",
  });
  await exportOnce(api);
  await remember(product, created, callers, ids);
  for (const [n, [, tool]] of scene.calls.entries())
    await callTool(`${product.origin}/ws/${SLUG}/sse`, tokens[n % tokens.length] ?? "", tool);
  return place;
}

/** So that the list of exports has a row. */
async function exportOnce(api: Api): Promise<void> {
  await api.send("GET", `/workspaces/${SLUG}/calls.csv`);
}

async function remember(product: Product, { id }: WorkspaceView, callers: Caller[], ids: Map<string, string>) {
  const habits = TOOLS.map(([server, tool, kind, weight, ms, fails]): Habit => {
    return { serverId: ids.get(server) ?? "", server, tool, kind, weight, ms, fails };
  });
  await product.pause(() => writeCalls(product.dataDir, pastCalls(id, callers, habits, DAYS, Date.now())));
}
