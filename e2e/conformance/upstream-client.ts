/**
 * The gateway's own upstream side as a client of the official suite's servers: `node upstream-client.mjs <url>`. It does
 * with any server what a curious client would: lists everything, calls each tool it may call, reads, gets, answers what
 * it is asked. What calls a scenario wants stands in `MCP_CONFORMANCE_CONTEXT`.
 */
import { createUndiciTransport } from "@/lib/egress/undici-transport";
import { listPrompts, listResources } from "@/lib/mcp/list-all";
import { listTools } from "@/lib/mcp/list-tools";
import { paramHeadersOf, paramHeaderValues } from "@/lib/mcp/param-headers";
import type { ClientReply, ServerRequest, UpstreamReply, UpstreamSession } from "@/lib/mcp/upstream";
import { openUpstream } from "@/lib/mcp/upstream";

type Schema = { type?: string; default?: unknown; enum?: unknown[]; properties?: Record<string, Schema> };
type InputRequests = Record<string, { method: string; params?: unknown }>;

const DEADLINE_MS = 20_000;
const MAX_ROUNDS = 8;

/** Some value that a schema takes; its default where it has one. */
function sample(schema: Schema): unknown {
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case "object":
      return sampleAll(schema);
    case "array":
      return [];
    case "boolean":
      return true;
    case "integer":
    case "number":
      return 5;
    default:
      return "text";
  }
}

const sampleAll = (schema: Schema): Record<string, unknown> =>
  Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, sample(inner)]));

/** Answers as a person would who agrees with everything. */
async function agree({ method, params }: ServerRequest): Promise<ClientReply> {
  const asked = JSON.parse(params ?? "{}") as { requestedSchema?: Schema };
  const result =
    method === "elicitation/create"
      ? { action: "accept", content: { confirmed: true, ...sampleAll(asked.requestedSchema ?? {}) } }
      : method === "roots/list"
        ? { roots: [] }
        : { role: "assistant", content: { type: "text", text: "Yes." }, model: "none", stopReason: "endTurn" };
  return { kind: "result", json: JSON.stringify(result) };
}

/** One request and, where a modern server wants input first, its repetitions. */
async function ask(
  session: UpstreamSession,
  method: string,
  params: Record<string, unknown>,
  paramHeaders: Record<string, string> = {},
): Promise<UpstreamReply> {
  let more: Record<string, unknown> = {};
  for (let round = 0; ; round++) {
    const reply = await session.request(method, JSON.stringify({ ...params, ...more }), {
      deadlineMs: DEADLINE_MS,
      onRequest: agree,
      paramHeaders,
    });
    const result = JSON.parse(reply.json) as {
      resultType?: string;
      inputRequests?: InputRequests;
      requestState?: string;
    };
    if (reply.kind === "error" || result.resultType !== "input_required" || round === MAX_ROUNDS) return reply;
    const inputs = Object.entries(result.inputRequests ?? {}).map(async ([key, request]) => {
      const { json } = await agree({ method: request.method, params: JSON.stringify(request.params) });
      return [key, JSON.parse(json) as unknown];
    });
    more = {
      inputResponses: Object.fromEntries(await Promise.all(inputs)) as unknown,
      ...(result.requestState !== undefined && { requestState: result.requestState }),
    };
  }
}

async function callTools(session: UpstreamSession): Promise<void> {
  const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? "{}") as {
    toolCalls?: { name: string; arguments: Record<string, unknown> }[];
  };
  const tools = await listTools(session, DEADLINE_MS);
  for (const { name, definition } of tools) {
    const headers = paramHeadersOf(definition);
    if (headers === "invalid") continue;
    const inputSchema = schemaOf(definition);
    const calls = context.toolCalls?.filter((each) => each.name === name).map((each) => each.arguments);
    const args = sampleAll(inputSchema);
    // One scenario wants to see the schema of its first tool as it arrived.
    if (inputSchema.properties?.schema) args.schema = schemaOf(tools[0]?.definition);
    for (const each of calls ?? [args])
      await ask(session, "tools/call", { name, arguments: each }, paramHeaderValues(headers, each));
  }
}

const schemaOf = (definition = "{}"): Schema => (JSON.parse(definition) as { inputSchema?: Schema }).inputSchema ?? {};

async function main(url: string): Promise<void> {
  const transport = createUndiciTransport(() => ({ allowPrivate: ["127.0.0.1", "::1", "localhost"], ownHosts: [] }));
  const profile = { capabilities: { elicitation: { form: {} }, sampling: {}, roots: {} } };
  const target = { url, transport: "streamable-http" as const, headers: {} };
  const session = await openUpstream(transport, target, { deadlineMs: DEADLINE_MS, profile });
  await callTools(session);
  if (session.info.capabilities.resources)
    for (const { key } of await listResources(session, DEADLINE_MS)) await ask(session, "resources/read", { uri: key });
  if (session.info.capabilities.prompts)
    for (const { key } of await listPrompts(session, DEADLINE_MS)) await ask(session, "prompts/get", { name: key });
  session.close();
  await new Promise((resolve) => setTimeout(resolve, 200)); // the farewell goes out
  await transport.close();
}

await main(process.argv[2] ?? "");
