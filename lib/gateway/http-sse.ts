import { RPC } from "@/lib/mcp/protocol";
import type { Caller } from "./authenticate";
import { cancel, cancellable } from "./cancel";
import { dispatch, notice, readHello, welcome } from "./dispatch";
import type { Endpoint } from "./endpoint";
import { type EventStream, openEventStream } from "./event-stream";
import { type LegacyStreams, watchLegacy } from "./legacy-stream";
import { type Batch, type Message, parseBody } from "./message";
import type { Principals } from "./principals";
import { failed, refuse, rpcError, rpcResult } from "./responses";
import { type Asker, bareScope, type Engine, type Scope, type View } from "./scope";
import { capabilitiesOf, type Session, type Sessions } from "./session";
import type { WorkspaceCache } from "./workspace-cache";

const DELIVERY_MS = 5_000; // for another node to take a message

interface OpenStream {
  session: Session;
  initialized: boolean;
  caller: Caller;
  endpoint: Endpoint;
  stream: EventStream;
  gone: AbortController;
  /** To be told once the client has said `initialize`. */
  begin(): void;
}

/** A POST that landed on another node than its stream. */
interface Delivery {
  session: string;
  body: string;
  asker: Asker;
}

/**
 * The HTTP+SSE transport of 2024-11-05: GET opens a stream whose first event names where to POST; each POST is
 * answered 202 and its result arrives on the stream. The session's id names the node that holds the stream, and a POST
 * that lands elsewhere is brought there, where everything then happens.
 */
export class HttpSse {
  readonly #open = new Map<string, OpenStream>();
  readonly #engine: Engine;
  constructor(
    private readonly parts: LegacyStreams & {
      sessions: Sessions;
      principals: Principals;
      workspaces: WorkspaceCache;
    },
  ) {
    this.#engine = parts.engine;
    this.#engine.mailbox.on("sse", (payload) => this.#receive(payload as Delivery));
  }

  async open(caller: Caller, endpoint: Endpoint, sourceIp: string | null): Promise<Response> {
    const { session, sealed } = await this.parts.sessions.begin(caller.principal, {
      protocolVersion: "2024-11-05",
      clientName: null,
      clientVersion: null,
      capabilities: {},
      node: this.#engine.mailbox.node,
    });
    const gone = new AbortController();
    const done = this.#engine.mailbox.expect();
    let stop = () => {};
    const stream = openEventStream(() => {
      this.#open.delete(session.id);
      stop();
      done();
      this.#engine.pool.drop(session.id);
      gone.abort();
    });
    const open: OpenStream = { session, initialized: false, caller, endpoint, stream, gone, begin: () => undefined };
    this.#open.set(session.id, open);
    const watch = watchLegacy(this.parts, {
      caller,
      endpoint,
      sourceIp,
      stream,
      sessionId: session.id,
      session: () => (open.initialized ? open.session : null),
    });
    stop = watch.stop;
    open.begin = watch.initialized;
    await this.#engine.mailbox.here();
    stream.event("endpoint", `${endpoint.pathname}?sessionId=${sealed}`);
    return stream.response;
  }

  /** Takes a body for an open stream, here or on the node that holds it. `sealed` is the `sessionId` of the query. */
  async post(
    sealed: string,
    caller: Caller,
    view: Pick<View, "workspace" | "only">,
    body: { text: string; messages: Batch },
    asker: Asker,
  ): Promise<Response> {
    const session = await this.parts.sessions.open(sealed, caller.principal);
    const open = session && this.#open.get(session.id);
    if (open) this.#take(open, caller, view, body.messages, asker);
    else if (!session || !(await this.#deliver(session, body.text, asker)))
      return refuse(404, "This stream is not open (any more). Open a new one with GET.");
    return new Response(null, { status: 202 });
  }

  async #deliver({ id, node }: Session, body: string, asker: Asker): Promise<boolean> {
    const { mailbox } = this.#engine;
    if (node === null || node === mailbox.node) return false;
    const delivery: Delivery = { session: id, body, asker };
    return (await mailbox.call(node, "sse", delivery, DELIVERY_MS)) === true;
  }

  /** A message from another node, which checked its sender; who holds the stream is looked up anew. */
  async #receive({ session, body, asker }: Delivery): Promise<boolean> {
    const open = this.#open.get(session);
    const parsed = parseBody(body);
    if (!open || parsed instanceof Response) return false;
    const principal = await this.parts.principals.find(open.caller.credential);
    if (!principal) return false;
    const workspace = await this.parts.workspaces.read(principal);
    const only = workspace.servers.find(({ slug }) => slug === open.endpoint.server) ?? null;
    if (open.endpoint.server !== null && only === null) return false;
    const caller = { ...open.caller, principal };
    this.#take(open, caller, { workspace, only }, Array.isArray(parsed) ? parsed : [parsed], asker);
    return true;
  }

  #take(open: OpenStream, caller: Caller, view: Pick<View, "workspace" | "only">, messages: Batch, asker: Asker): void {
    for (const message of messages) {
      if (message instanceof Response) void message.text().then((error) => open.stream.message(error));
      else if (message.kind === "request") void this.#run(open, caller, view, message, asker);
      else this.#note(open, this.#scopeOf(open, caller, view, asker), message);
    }
  }

  #scopeOf(open: OpenStream, caller: Caller, view: Pick<View, "workspace" | "only">, asker: Asker): Scope {
    const { session, stream } = open;
    const scope: Scope = {
      ...bareScope(asker, caller.principal, view),
      session,
      clientName: session.clientName,
      clientVersion: session.clientVersion,
      capabilities: session.capabilities,
      logLevel: this.#engine.clients.levelOf(session.id),
      emit: (notification) => stream.offer(notification),
    };
    const asked = { sessionId: session.id, tokenId: caller.principal.tokenId };
    scope.ask = (request) => this.#engine.asks.ask(asked, request, (json) => stream.message(json), scope.client.signal);
    this.#engine.uses.note(scope);
    return scope;
  }

  #note(open: OpenStream, scope: Scope, message: Message): void {
    if (message.kind === "response") {
      const asked = { sessionId: open.session.id, tokenId: scope.principal.tokenId };
      this.#engine.defer(this.#engine.asks.answer(asked, message));
    } else if (message.method === "notifications/cancelled") cancel(this.#engine, scope, message);
    else notice(this.#engine, scope, message);
  }

  async #run(
    open: OpenStream,
    caller: Caller,
    view: Pick<View, "workspace" | "only">,
    message: Message,
    asker: Asker,
  ): Promise<void> {
    const scope = this.#scopeOf(open, caller, view, asker);
    const leave = () => scope.client.abort();
    open.gone.signal.addEventListener("abort", leave, { once: true });
    try {
      open.stream.message(await cancellable(this.#engine, scope, message.id, () => this.#answer(scope, open, message)));
    } catch (error) {
      open.stream.message(await failed(this.#engine.log, message.id, error).text());
    } finally {
      open.gone.signal.removeEventListener("abort", leave);
    }
  }

  async #answer(scope: Scope, open: OpenStream, message: Message): Promise<string> {
    if (message.method !== "initialize") return dispatch(this.#engine, scope, message);
    const hello = readHello(message);
    if (!hello)
      return rpcError(message.id, RPC.invalidParams, "initialize needs protocolVersion, capabilities and clientInfo.");
    open.session = { ...open.session, ...hello, capabilities: capabilitiesOf(message.params) };
    open.initialized = true;
    const result = await welcome(this.#engine, scope, hello);
    open.begin();
    return rpcResult(message.id, result);
  }
}
