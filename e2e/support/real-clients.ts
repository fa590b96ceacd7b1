import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { MODULES, modernNode, quietEnv, type Ran, runClaude, runInspector, runModern, runProgram } from "./clients";
import { opencodeBinary } from "./oauth-clients";
import { type Passed, startTap } from "./tap";
import type { Workspace } from "./workspace";

/** Where a client is pointed at. */
export interface Place {
  /** Streamable HTTP, and 2026-07-28. */
  mcp: string;
  /** HTTP+SSE. */
  sse: string;
  token: string;
}

/** A program that people use, as npm has it, and one way of connecting with it. */
export interface RealClient {
  name: string;
  /** Package below `e2e/clients` whose version is published. */
  package: string;
  how: string;
  /** What it is expected to manage. */
  result: string;
  /** Runs it in a home of its own. */
  run(place: Place): Promise<Ran[]>;
  /** What each run must show in its output. */
  shows: RegExp[];
  /** False where it has no program for this machine. */
  here?: boolean;
}

const home = () => mkdtempSync(join(tmpdir(), "aerostack-client-"));
const headerOf = ({ token }: Place) => `Authorization: Bearer ${token}`;

async function claude(transport: "http" | "sse", place: Place): Promise<Ran[]> {
  const folder = home();
  const url = transport === "sse" ? place.sse : place.mcp;
  const add = ["mcp", "add", "--transport", transport, "gateway", url, "--header", headerOf(place)];
  return [await runClaude(folder, add), await runClaude(folder, ["mcp", "list"])];
}

async function inspector(era: string, place: Place): Promise<Ran[]> {
  const at = ["--cli", place.mcp, "--transport", "http", "--protocol-era", era, "--header", headerOf(place)];
  const call = ["--method", "tools/call", "--tool-name", "vault__whoami", "--tool-arg", "who=inspector"];
  return [await runInspector([...at, "--method", "tools/list"]), await runInspector([...at, ...call])];
}

async function opencode(place: Place): Promise<Ran[]> {
  const folder = home();
  const gateway = {
    type: "remote",
    url: place.mcp,
    enabled: true,
    headers: { Authorization: `Bearer ${place.token}` },
  };
  writeFileSync(join(folder, "opencode.json"), JSON.stringify({ mcp: { gateway }, autoupdate: false }));
  return [await runProgram(opencodeBinary() ?? "opencode", ["mcp", "list"], folder)];
}

async function gemini(place: Place): Promise<Ran[]> {
  const folder = home();
  mkdirSync(join(folder, ".gemini"));
  const gateway = { httpUrl: place.mcp, headers: { Authorization: `Bearer ${place.token}` } };
  const settings = {
    mcpServers: { gateway },
    privacy: { usageStatisticsEnabled: false },
    // Else it waits for somebody to trust the folder, and offers no servers until then.
    security: { folderTrust: { enabled: false } },
    general: { disableAutoUpdate: true, disableUpdateNag: true },
  };
  writeFileSync(join(folder, ".gemini/settings.json"), JSON.stringify(settings));
  return [await runModern("@google/gemini-cli/bundle/gemini.js", ["mcp", "list"], folder)];
}

/** A bridge from standard input and output, for clients that know nothing else; the official SDK is such a client here. */
async function mcpRemote(place: Place): Promise<Ran[]> {
  const folder = home();
  const args = [join(MODULES, "mcp-remote/dist/proxy.js"), place.mcp, "--allow-http", "--header", headerOf(place)];
  const env = Object.fromEntries(Object.entries(quietEnv(folder)).map(([name, value]) => [name, value ?? ""]));
  const transport = new StdioClientTransport({ command: modernNode(), args, env, cwd: folder, stderr: "ignore" });
  const client = new Client({ name: "e2e-stdio", version: "1.0.0" });
  await client.connect(transport);
  const listed = JSON.stringify(await client.listTools());
  const called = JSON.stringify(await client.callTool({ name: "vault__whoami", arguments: { who: "mcp-remote" } }));
  await client.close();
  return [listed, called].map((output) => ({ code: 0, stdout: output, output }));
}

async function mcporter(place: Place): Promise<Ran[]> {
  const folder = home();
  mkdirSync(join(folder, "config"));
  const gateway = { baseUrl: place.mcp, headers: { Authorization: `Bearer ${place.token}` } };
  writeFileSync(join(folder, "config/mcporter.json"), JSON.stringify({ mcpServers: { gateway } }));
  const run = (args: string[]) => runModern("mcporter/dist/cli.js", args, folder);
  return [await run(["list", "gateway"]), await run(["call", "gateway.vault__whoami", "who=mcporter"])];
}

/** Every way that is tried; a line of the published table each. */
export const REAL_CLIENTS: RealClient[] = [
  {
    name: "Claude Code",
    package: "@anthropic-ai/claude-code",
    how: "`claude mcp add --transport http`, `claude mcp list`",
    result: "connected",
    run: (place) => claude("http", place),
    shows: [/./, /gateway: .*Connected/],
  },
  {
    name: "Claude Code",
    package: "@anthropic-ai/claude-code",
    how: "`claude mcp add --transport sse`, `claude mcp list`",
    result: "connected",
    run: (place) => claude("sse", place),
    shows: [/./, /gateway: .*Connected/],
  },
  {
    name: "opencode",
    package: "opencode-linux-x64-baseline",
    how: "`opencode mcp list`",
    result: "connected",
    run: opencode,
    here: opencodeBinary() !== null,
    shows: [/✓ gateway .*connected/],
  },
  {
    name: "Gemini CLI",
    package: "@google/gemini-cli",
    how: "`gemini mcp list`, `httpUrl`",
    result: "connected",
    run: gemini,
    shows: [/✓ gateway: .*Connected/],
  },
  {
    name: "mcp-remote",
    package: "mcp-remote",
    how: "`mcp-remote <url> --header`, behind a client that speaks by standard input and output",
    result: "lists, calls",
    run: mcpRemote,
    shows: [/vault__whoami/, /you are mcp-remote/],
  },
  ...["legacy", "auto", "modern"].map((era) => ({
    name: "MCP Inspector",
    package: "@modelcontextprotocol/inspector",
    how: `\`mcp-inspector --cli --protocol-era ${era}\``,
    result: "lists, calls",
    run: (place: Place) => inspector(era, place),
    shows: [/vault__whoami/, /you are inspector/],
  })),
  {
    name: "mcporter",
    package: "mcporter",
    how: "`mcporter list`, `mcporter call`",
    result: "lists, calls",
    run: mcporter,
    shows: [/vault__whoami/, /you are mcporter/],
  },
];

/** The version that is installed. */
export const versionOf = (client: RealClient): string =>
  JSON.parse(readFileSync(join(MODULES, client.package, "package.json"), "utf8")).version;

/** What a client said, and what passed between it and the gateway. */
export interface Tried {
  runs: Ran[];
  requests: Passed[];
}

/** Runs a client against a workspace, with a tap in between. */
export async function tryClient(client: RealClient, origin: string, workspace: Workspace): Promise<Tried> {
  const requests: Passed[] = [];
  const tap = await startTap(origin, { onRequest: (request) => requests.push(request) });
  try {
    const at = `${tap.origin}/ws/${workspace.slug}`;
    const runs = await client.run({ mcp: `${at}/mcp`, sse: `${at}/sse`, token: workspace.token });
    return { runs, requests };
  } finally {
    await tap.close();
  }
}

/** Which revision, by which transport, the last request of a client was in. */
export function eraOf(requests: Passed[]): string {
  let era = "none";
  for (const { body, url } of requests) {
    const message = JSON.parse(body || "{}") as {
      method?: string;
      params?: { protocolVersion?: string; _meta?: Record<string, string> };
    };
    const claimed = message.params?._meta?.["io.modelcontextprotocol/protocolVersion"];
    if (claimed) era = claimed;
    else if (message.method === "initialize")
      era = `${message.params?.protocolVersion}${url.includes("sessionId=") ? ", HTTP+SSE" : ""}`;
  }
  return era;
}
