import { META_CLIENT_CAPABILITIES, META_CLIENT_INFO, META_PROTOCOL_VERSION, MODERN_VERSION } from "@/lib/mcp/protocol";
import { type EventReader, type Rpc, readEvents } from "./event-reader";
import type { Node } from "./gateway-world";

/** What a client of either era was told before its answer came. */
export interface Told {
  notifications: Rpc[];
  /** Questions, in the order they came. */
  asked: { method: string; params?: Record<string, unknown> }[];
  /** Answers to requests sent before the last one: `input_required` of modern servers. */
  rounds: Record<string, unknown>[];
}

export interface Outcome extends Told {
  result?: Record<string, unknown>;
  error?: { code: number; message: string; data?: unknown };
  status: number;
}

export type Answerer = (question: { method: string; params?: Record<string, unknown> }) => unknown;

/** A client that says nothing but what a test lets it say; `answer` gives the result for each question. */
export interface EraClient {
  readonly welcome: Record<string, unknown>;
  request(method: string, params?: Record<string, unknown>, options?: RequestMore): Promise<Outcome>;
}

export interface RequestMore {
  answer?: Answerer;
  /** Another node than the one that the client began with. */
  node?: Node;
  /** Nodes to send retries to, round by round. */
  retryOn?: Node[];
}

export interface ClientOptions {
  capabilities?: Record<string, unknown>;
  path?: string;
}

const INFO = { name: "probe", version: "1" };
const NOBODY: Answerer = () => {
  throw new Error("nobody asked this client to be asked");
};

/** A client of 2025-11-25 over Streamable HTTP. */
export async function legacyClient(node: Node, options: ClientOptions = {}): Promise<EraClient> {
  const { capabilities = {}, path = "/ws/acme/mcp" } = options;
  let id = 1;
  const params = { protocolVersion: "2025-11-25", capabilities, clientInfo: INFO };
  const begun = await node.post({ jsonrpc: "2.0", id: 0, method: "initialize", params }, {}, path);
  const headers = { "mcp-session-id": begun.headers.get("mcp-session-id") ?? "" };
  const welcome = ((await begun.json()) as Rpc).result ?? {};
  return {
    welcome,
    async request(method, params, { answer = NOBODY, node: on = node } = {}) {
      const told: Told = { notifications: [], asked: [], rounds: [] };
      const body = { jsonrpc: "2.0", id: id++, method, params };
      const response = await on.post(body, headers, path);
      const reply = await readReply(response, told, async (question) => {
        told.asked.push({ method: question.method ?? "", params: question.params });
        const result = answer({ method: question.method ?? "", params: question.params });
        await on.post({ jsonrpc: "2.0", id: question.id, result }, headers, path);
      });
      return { ...told, ...reply, status: response.status };
    },
  };
}

/** A client of 2026-07-28. */
export async function modernClient(node: Node, options: ClientOptions = {}): Promise<EraClient> {
  const { capabilities = {}, path = "/ws/acme/mcp" } = options;
  let id = 1;
  const send = (on: Node, method: string, params: Record<string, unknown>) => {
    const meta = {
      [META_PROTOCOL_VERSION]: MODERN_VERSION,
      [META_CLIENT_CAPABILITIES]: capabilities,
      [META_CLIENT_INFO]: INFO,
      ...(params._meta as object | undefined),
    };
    const name = params.name ?? params.uri ?? params.taskId;
    const headers: Record<string, string> = { "mcp-protocol-version": MODERN_VERSION, "mcp-method": method };
    if (typeof name === "string") headers["mcp-name"] = name;
    return on.post({ jsonrpc: "2.0", id: id++, method, params: { ...params, _meta: meta } }, headers, path);
  };
  const discovered = (await (await send(node, "server/discover", {})).json()) as Rpc;
  return {
    welcome: discovered.result ?? {},
    async request(method, params = {}, { answer = NOBODY, node: on = node, retryOn = [] } = {}) {
      const told: Told = { notifications: [], asked: [], rounds: [] };
      let next = params;
      for (let round = 0; ; round++) {
        const response = await send(retryOn[round - 1] ?? on, method, next);
        const reply = await readReply(response, told, () =>
          Promise.reject(new Error("a modern client is never asked so")),
        );
        if (reply.result?.resultType !== "input_required") return { ...told, ...reply, status: response.status };
        told.rounds.push(reply.result);
        const { inputRequests = {}, requestState } = reply.result as {
          inputRequests?: Record<string, { method: string; params?: Record<string, unknown> }>;
          requestState?: string;
        };
        const inputResponses: Record<string, unknown> = {};
        for (const [key, question] of Object.entries(inputRequests)) {
          told.asked.push(question);
          inputResponses[key] = answer(question);
        }
        next = { ...params, inputResponses, ...(requestState !== undefined && { requestState }) };
      }
    },
  };
}

async function readReply(
  response: Response,
  told: Told,
  onQuestion: (question: Rpc) => Promise<void>,
): Promise<Pick<Outcome, "result" | "error">> {
  if (!response.headers.get("content-type")?.startsWith("text/event-stream"))
    return (await response.json()) as Pick<Outcome, "result" | "error">;
  const events: EventReader = readEvents(response);
  for (;;) {
    const message = await events.message();
    if (message.method === undefined) return message;
    if (message.id === undefined) told.notifications.push(message);
    else await onQuestion(message);
  }
}
