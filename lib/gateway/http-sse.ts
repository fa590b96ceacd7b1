import { RPC } from "@/lib/mcp/protocol";
import type { Caller } from "./authenticate";
import { dispatch, notice, readHello, welcome } from "./dispatch";
import type { Endpoint } from "./endpoint";
import { type EventStream, openEventStream } from "./event-stream";
import type { Message } from "./message";
import type { WorkspaceSnapshot } from "./ports";
import { refuse, rpcError, rpcResult } from "./responses";
import type { Asker, Engine, Scope } from "./scope";
import type { Session, Sessions } from "./session";
import type { Streams } from "./streams";
import { UnavailableError } from "./unavailable";

interface OpenStream {
  session: Session;
  stream: EventStream;
  gone: AbortController;
}

/**
 * The HTTP+SSE transport of 2024-11-05: GET opens a stream whose first event names where to POST; each POST is
 * answered 202 and its result arrives on the stream. Stream and POSTs must meet in one process.
 */
export class HttpSse {
  readonly #open = new Map<string, OpenStream>();
  constructor(
    private readonly engine: Engine,
    private readonly sessions: Sessions,
    private readonly streams: Streams,
  ) {}

  async open(caller: Caller, endpoint: Endpoint, sourceIp: string | null): Promise<Response> {
    const { session, sealed } = await this.sessions.begin(caller.principal, {
      protocolVersion: "2024-11-05",
      clientName: null,
      clientVersion: null,
    });
    const gone = new AbortController();
    let unwatch = () => {};
    const stream = openEventStream(() => {
      this.#open.delete(session.id);
      unwatch();
      gone.abort();
    });
    unwatch = this.streams.watch(caller, stream, sourceIp);
    this.#open.set(session.id, { session, stream, gone });
    stream.event("endpoint", `${endpoint.pathname}?sessionId=${sealed}`);
    return stream.response;
  }

  /** Takes a message for an open stream. `sealed` is the `sessionId` of the query. */
  async post(
    sealed: string,
    caller: Caller,
    workspace: WorkspaceSnapshot,
    message: Message,
    asker: Asker,
  ): Promise<Response> {
    const session = await this.sessions.open(sealed, caller.principal);
    const open = session && this.#open.get(session.id);
    if (!open) return refuse(404, "This stream is not open here (any more). Open a new one with GET.");
    const client = new AbortController();
    const leave = () => client.abort();
    open.gone.signal.addEventListener("abort", leave, { once: true });
    const scope: Scope = {
      ...asker,
      principal: caller.principal,
      workspace,
      session: open.session,
      client,
      emit: (notification) => open.stream.message(notification),
    };
    this.engine.uses.note(scope);
    if (message.kind === "notification") notice(this.engine, scope, message);
    if (message.kind === "request") {
      void this.#answer(scope, open, message)
        .then((answer) => open.stream.message(answer))
        .catch((error: unknown) => {
          const text =
            error instanceof UnavailableError
              ? "The gateway cannot record calls right now, so it makes none."
              : "Internal error.";
          open.stream.message(rpcError(message.id, RPC.internalError, text));
        })
        .finally(() => open.gone.signal.removeEventListener("abort", leave));
    }
    return new Response(null, { status: 202 });
  }

  async #answer(scope: Scope, open: OpenStream, message: Message): Promise<string> {
    if (message.method !== "initialize") return dispatch(this.engine, scope, message);
    const hello = readHello(message);
    if (!hello)
      return rpcError(message.id, RPC.invalidParams, "initialize needs protocolVersion, capabilities and clientInfo.");
    open.session = { ...open.session, ...hello };
    return rpcResult(message.id, welcome(scope, hello));
  }
}
