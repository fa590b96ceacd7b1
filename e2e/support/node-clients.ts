import { decodeEvents } from "@/lib/mcp/sse";
import { postHeaders } from "./mcp";
import { modernFetch } from "./modern";
import { sleep } from "./process";

/** A JSON-RPC message, as far as these clients look at it. */
export interface Rpc {
  id?: unknown;
  method?: string;
  params?: { message?: string; _meta?: Record<string, unknown> };
  result?: Record<string, unknown>;
  error?: { code: number };
}

/** Why a call got no answer: where it was, as far as that can be told. */
export class LostError extends Error {
  constructor(
    readonly node: string,
    what: string,
  ) {
    super(`${what} (node ${node || "unknown"})`);
  }
}

/** One client before several nodes. `call` and `ask` reject with `LostError` where there was no answer. */
export interface NodeClient {
  kind: string;
  /** Tools by name, as it last asked; how often it was told of a change. */
  changes: number;
  /** Nodes that answered it. */
  nodes: Set<string>;
  /** HTTP status of the last refusal. */
  refused: number;
  /** Whether its standing stream is open. */
  open: boolean;
  call(n: number): Promise<string>;
  /** Calls the tool that asks back, and answers it. */
  ask(n: number): Promise<string>;
  /** Reopens its stream where that ended; called again and again. */
  keep(): Promise<void>;
  close(): void;
}

const hello = {
  protocolVersion: "2025-11-25",
  capabilities: { elicitation: {} },
  clientInfo: { name: "nodes", version: "1" },
};
const elicited = (message: Rpc) => ({ action: "accept", content: { name: message.params?.message ?? "" } });
const textOf = (result: unknown): string =>
  (result as { content?: { text?: string }[] } | undefined)?.content?.[0]?.text ?? JSON.stringify(result ?? null);

/** Nodes of a proxied answer; the last one gave it. */
const nodeOf = (response: Response): string => response.headers.get("x-node")?.split(", ").at(-1) ?? "";

abstract class Base implements NodeClient {
  abstract kind: string;
  changes = 0;
  nodes = new Set<string>();
  refused = 0;
  open = false;
  protected readonly gone = new AbortController();
  protected ids = 0;
  constructor(
    protected readonly url: string,
    protected readonly token: string,
  ) {}
  abstract call(n: number): Promise<string>;
  abstract ask(n: number): Promise<string>;
  abstract keep(): Promise<void>;
  close(): void {
    this.gone.abort();
  }

  protected async post(body: unknown, headers: Record<string, string> = {}, url = this.url): Promise<Response> {
    const init = { method: "POST", headers: { ...postHeaders(this.token), ...headers }, body: JSON.stringify(body) };
    const response = await fetch(url, { ...init, signal: this.gone.signal }).catch((error: unknown) => {
      throw new LostError("", `the connection broke: ${String(error)}`);
    });
    return this.note(response);
  }

  protected note(response: Response): Response {
    this.nodes.add(nodeOf(response));
    if (!response.ok) this.refused = response.status;
    return response;
  }

  /** The messages of an answer of either form. */
  protected async *messages(response: Response): AsyncGenerator<Rpc> {
    const node = nodeOf(response);
    if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
      const text = await response.text();
      if (!response.ok) throw new LostError(node, `HTTP ${response.status} ${text.slice(0, 200)}`);
      yield JSON.parse(text) as Rpc;
      return;
    }
    try {
      for await (const { event, data } of decodeEvents(response.body as ReadableStream<Uint8Array>, 1 << 20))
        if (event === "message") yield JSON.parse(data) as Rpc;
    } catch (error) {
      throw new LostError(node, `the stream broke: ${String(error)}`);
    }
  }

  /** Reads a standing stream until it ends. */
  protected async listen(response: Response, take: (message: Rpc) => void = () => undefined): Promise<void> {
    this.open = response.ok;
    try {
      for await (const message of this.messages(response)) {
        if (message.method?.endsWith("/list_changed")) this.changes++;
        take(message);
      }
    } catch {
      // Reopened by whoever needs it.
    }
    this.open = false;
  }
}

export class StreamableClient extends Base {
  kind = "streamable";
  #session: Record<string, string> = {};

  async #begin(): Promise<void> {
    const response = await this.post({ jsonrpc: "2.0", id: ++this.ids, method: "initialize", params: hello });
    if (!response.ok) throw new LostError(nodeOf(response), `initialize: ${response.status}`);
    await response.text();
    this.#session = { "mcp-session-id": response.headers.get("mcp-session-id") ?? "" };
    await (await this.post({ jsonrpc: "2.0", method: "notifications/initialized" }, this.#session)).text();
  }

  async keep(): Promise<void> {
    if (this.open) return;
    if (!this.#session["mcp-session-id"]) await this.#begin();
    const { authorization = "" } = postHeaders(this.token);
    const headers = { ...this.#session, authorization, accept: "text/event-stream" };
    const response = await fetch(this.url, { headers, signal: this.gone.signal });
    void this.listen(this.note(response));
  }

  call = (n: number) => this.#tool("up__echo", n);
  ask = (n: number) => this.#tool("up__ask", n);

  async #tool(name: string, n: number): Promise<string> {
    const params = { name, arguments: { n } };
    const body = { jsonrpc: "2.0", id: ++this.ids, method: "tools/call", params };
    const response = await this.post(body, this.#session);
    for await (const message of this.messages(response)) {
      if (message.method === "elicitation/create")
        await (await this.post({ jsonrpc: "2.0", id: message.id, result: elicited(message) }, this.#session)).text();
      else if (message.id === body.id) return textOf(message.result ?? message.error);
    }
    throw new LostError(nodeOf(response), "no answer came");
  }
}

export class ModernClient extends Base {
  kind = "modern";

  async keep(): Promise<void> {
    if (this.open) return;
    const notifications = { toolsListChanged: true, promptsListChanged: true };
    const options = { id: `listen:${++this.ids}`, signal: this.gone.signal };
    const response = await modernFetch(this.url, this.token, "subscriptions/listen", { notifications }, options);
    void this.listen(this.note(response));
  }

  call = (n: number) => this.#tool({ name: "up__echo", arguments: { n } });

  async #tool(params: Record<string, unknown>): Promise<string> {
    const options = { id: ++this.ids, signal: this.gone.signal, capabilities: { elicitation: { form: {} } } };
    const response = await modernFetch(this.url, this.token, "tools/call", params, options).catch((error: unknown) => {
      throw new LostError("", `the connection broke: ${String(error)}`);
    });
    for await (const message of this.messages(this.note(response))) {
      if (message.id !== options.id) continue;
      if (message.result?.resultType === "input_required") return this.#answer(params, message.result);
      return textOf(message.result ?? message.error);
    }
    throw new LostError(nodeOf(response), "no answer came");
  }

  /** Sends the same call again with what was asked for. */
  #answer(params: Record<string, unknown>, result: Record<string, unknown>): Promise<string> {
    const asked = result.inputRequests as Record<string, Rpc>;
    const inputResponses = Object.fromEntries(Object.entries(asked).map(([key, request]) => [key, elicited(request)]));
    return this.#tool({ ...params, inputResponses, requestState: result.requestState });
  }

  ask = (n: number) => this.#tool({ name: "up__ask", arguments: { n } });
}

export class SseClient extends Base {
  kind = "http+sse";
  #node = "";
  #path = "";
  #ready: Promise<void> = Promise.resolve();
  readonly #waiting = new Map<unknown, { resolve(text: string): void; reject(error: Error): void }>();

  async keep(): Promise<void> {
    if (this.open) return this.#ready;
    const { authorization = "" } = postHeaders(this.token);
    const headers = { authorization, accept: "text/event-stream" };
    const response = this.note(await fetch(this.url, { headers, signal: this.gone.signal }));
    this.#node = nodeOf(response);
    this.open = response.ok;
    if (!response.ok) return;
    void this.#read(response);
    this.#ready = this.#begin();
    await this.#ready;
  }

  async #begin(): Promise<void> {
    while (this.#path === "") await sleep(5);
    await this.#request("initialize", { ...hello, protocolVersion: "2024-11-05" });
    await this.#send({ jsonrpc: "2.0", method: "notifications/initialized" });
  }

  async #read(response: Response): Promise<void> {
    try {
      for await (const { event, data } of decodeEvents(response.body as ReadableStream<Uint8Array>, 1 << 20)) {
        if (event === "endpoint") this.#path = new URL(data, this.url).href;
        if (event === "message") await this.#take(JSON.parse(data) as Rpc);
      }
    } catch {
      // It broke; what waits is lost below.
    }
    this.open = false;
    this.#path = "";
    for (const { reject } of this.#waiting.values()) reject(new LostError(this.#node, "the stream ended"));
    this.#waiting.clear();
  }

  async #take(message: Rpc): Promise<void> {
    if (message.method?.endsWith("/list_changed")) this.changes++;
    else if (message.method === "elicitation/create")
      await this.#send({ jsonrpc: "2.0", id: message.id, result: elicited(message) });
    else if (message.method === undefined) {
      this.#waiting.get(message.id)?.resolve(textOf(message.result ?? message.error));
      this.#waiting.delete(message.id);
    }
  }

  async #send(message: Rpc & { jsonrpc: string }): Promise<void> {
    const response = await this.post(message, {}, this.#path || this.url);
    const text = await response.text();
    if (response.status === 202) return;
    // It took two nodes: the one that got it, and the one that has the stream.
    throw new LostError(`${nodeOf(response)}, stream ${this.#node}`, `POST: ${response.status} ${text.slice(0, 200)}`);
  }

  async #request(method: string, params: object): Promise<string> {
    const id = ++this.ids;
    const answer = new Promise<string>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    answer.catch(() => undefined);
    await this.#send({ jsonrpc: "2.0", id, method, params } as Rpc & { jsonrpc: string });
    return answer;
  }

  call = (n: number) => this.#request("tools/call", { name: "up__echo", arguments: { n } });
  ask = (n: number) => this.#request("tools/call", { name: "up__ask", arguments: { n } });
}
