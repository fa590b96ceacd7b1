import type { HeaderTemplate, Transport } from "@/db/schema/servers";
import { LIMITS } from "@/lib/limits";
import { errorFields } from "@/lib/log";
import { detectTransport } from "@/lib/mcp/detect-transport";
import { fillTemplate } from "@/lib/mcp/header-template";
import { listTools } from "@/lib/mcp/list-tools";
import { redactor } from "@/lib/mcp/redact";
import { UpstreamError, type UpstreamFailure } from "@/lib/mcp/transport";
import type { UpstreamSession } from "@/lib/mcp/upstream";
import type { Ctx } from "@/lib/services/context";
import { toToolView } from "@/lib/services/tool/to-view";
import { neededSecrets } from "./needed-secrets";
import type { ProbeView } from "./view";

/** What to try: a checked URL, checked header templates and the values for them. */
export interface ProbeTarget {
  url: string;
  headers: HeaderTemplate[];
  values: Map<string, string>;
  /** Also call this tool, without arguments: many servers list tools for anybody and ask for the credential only then. */
  testTool?: string;
}

/** What was seen; `tools` hold the definitions as sent, minus any secret that the server echoed. */
export type ProbeResult =
  | {
      ok: true;
      transport: Transport;
      protocolVersion: string;
      capabilities: Record<string, unknown>;
      serverName: string | null;
      serverVersion: string | null;
      tools: { name: string; definition: string }[];
    }
  | {
      ok: false;
      problem: UpstreamFailure | "missing_secret" | "tool_failed" | "error";
      message: string;
      status: number | null;
    };

const MAX_CAPABILITIES = 64 << 10; // characters

/** Opens a session and lists the tools. Sends nothing while a secret is missing. Whatever the server does is a result, not an error. */
export async function probeUpstream(ctx: Ctx, target: ProbeTarget): Promise<ProbeResult> {
  const missing = neededSecrets(target.headers).filter((name) => !target.values.has(name));
  if (missing.length > 0) {
    const message = `Waiting for ${missing.join(", ")}. Set ${missing.length > 1 ? "these secrets" : "this secret"}, then the tools appear.`;
    return { ok: false, problem: "missing_secret", message, status: null };
  }
  const headers = fillHeaders(target);
  const redact = redactor([...target.values.values(), ...credentials(headers)]);
  try {
    const session = await detectTransport(ctx.transport, target.url, headers, LIMITS.probeMs);
    try {
      const { protocolVersion, serverInfo, capabilities } = session.info;
      const tools = capabilities.tools ? await listTools(session, LIMITS.probeMs) : [];
      const failed = target.testTool === undefined ? null : await callTool(session, target.testTool, redact);
      if (failed) return { ok: false, problem: "tool_failed", message: failed, status: null };
      return {
        ok: true,
        transport: session.transport,
        protocolVersion,
        capabilities: scrubbed(capabilities, redact),
        serverName: label(serverInfo?.name, redact),
        serverVersion: label(serverInfo?.version, redact),
        tools: tools.map(({ name, definition }) => ({ name, definition: redact(definition) })),
      };
    } finally {
      session.close();
    }
  } catch (error) {
    if (error instanceof UpstreamError)
      return { ok: false, problem: error.reason, message: redact(advise(error, target)), status: error.status ?? null };
    ctx.log.warn("server.probe_failed", errorFields(error));
    const message = "The server could not be tested. Check the URL and try again.";
    return { ok: false, problem: "error", message, status: null };
  }
}

/** Calls a tool with no arguments; null when it answered well, else what it said, in words for an admin. */
async function callTool(
  session: UpstreamSession,
  tool: string,
  redact: (text: string) => string,
): Promise<string | null> {
  const params = JSON.stringify({ name: tool, arguments: {} });
  const reply = await session.request("tools/call", params, { deadlineMs: LIMITS.probeMs });
  const answer = JSON.parse(reply.json) as { isError?: unknown; message?: unknown; content?: { text?: unknown }[] };
  if (reply.kind === "result" && answer.isError !== true) return null;
  const said = label(reply.kind === "error" ? answer.message : answer.content?.[0]?.text, redact);
  return `The test call of ${tool} failed${said ? `: “${said}”` : ""}.`;
}

function fillHeaders({ headers, values }: ProbeTarget): Record<string, string> {
  return Object.fromEntries(headers.map(({ name, template }) => [name, fillTemplate(template, values)]));
}

/** What follows the scheme in `Basic …` and the like: the secrets in another spelling. */
const credentials = (headers: Record<string, string>): string[] =>
  Object.values(headers).flatMap((value) => /^\w+ (\S+)$/.exec(value)?.[1] ?? []);

/** What a server says it can do, for a JSON column: no secret that it echoes, nothing that Postgres refuses; else nothing. */
function scrubbed(capabilities: Record<string, unknown>, redact: (text: string) => string): Record<string, unknown> {
  const text = redact(JSON.stringify(capabilities));
  if (text.length > MAX_CAPABILITIES || /\\u(?:0000|d[89a-f])/i.test(text)) return {};
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Foreign text for a text column: no control characters (Postgres refuses NUL), short. */
function label(value: unknown, redact: (text: string) => string): string | null {
  if (typeof value !== "string") return null;
  return redact(value)
    .replace(/[\p{Cc}\p{Cs}]/gu, "")
    .slice(0, 200);
}

function advise(error: UpstreamError, target: ProbeTarget): string {
  if (error.reason !== "unauthorized") return error.message;
  const seen = error.status ? `The server answered ${error.status}` : "The server refused access";
  return neededSecrets(target.headers).length > 0
    ? `${seen}: it does not take this credential. Check the secret's value and the header's form.`
    : `${seen}: it wants a credential. Add a header such as "Authorization: Bearer {{API_KEY}}" and set the secret API_KEY.`;
}

/** @param slug only names the tools */
export function toProbeView(slug: string, result: ProbeResult): ProbeView {
  const unknown = { transport: null, protocolVersion: null, serverName: null, serverVersion: null, tools: [] };
  if (!result.ok) {
    const { problem, message, status } = result;
    return { ok: false, problem, message, status, ...unknown };
  }
  const { transport, protocolVersion, serverName, serverVersion } = result;
  const tools = result.tools.map((tool) => toToolView(slug, { ...tool, enabled: true, listed: true }));
  const message = `The server answers: ${tools.length} ${tools.length === 1 ? "tool" : "tools"}.`;
  return {
    ok: true,
    problem: null,
    status: null,
    message,
    transport,
    protocolVersion,
    serverName,
    serverVersion,
    tools,
  };
}
