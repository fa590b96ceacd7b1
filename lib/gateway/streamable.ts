import { RPC } from "@/lib/mcp/protocol";
import type { ServerRequest } from "@/lib/mcp/upstream";
import type { Caller } from "./authenticate";
import { cancel, cancellable } from "./cancel";
import { dispatch, notice, readHello, welcome } from "./dispatch";
import type { Endpoint } from "./endpoint";
import { refuseVersion } from "./era";
import { openEventStream } from "./event-stream";
import { accepts } from "./guard";
import { type LegacyStreams, watchLegacy } from "./legacy-stream";
import type { Batch, Message } from "./message";
import type { Directory } from "./ports";
import { type Before, respond } from "./respond";
import { failed, json, refuse, rpcError, rpcResult } from "./responses";
import { type Asker, bareScope, type Engine, type Scope, type View } from "./scope";
import { capabilitiesOf, type Session, type Sessions } from "./session";

const SESSION_HEADER = "mcp-session-id";
/** The one revision that has batches. */
const BATCHES = "2025-03-26";
const gone = () => refuse(404, "This session has ended. Send initialize to begin a new one.");

type Seen = Pick<View, "workspace" | "only">;

/** Streamable HTTP of 2025-03-26 to 2025-11-25 over sealed sessions; requests without a session are answered too. */
export class Streamable {
  readonly #engine: Engine;
  constructor(
    private readonly parts: LegacyStreams & { sessions: Sessions; directory: Pick<Directory, "endSession"> },
  ) {
    this.#engine = parts.engine;
    this.#engine.mailbox.on("session-ended", (payload) => this.#drop((payload as { id: string }).id));
  }

  async post(request: Request, caller: Caller, view: Seen, message: Message, asker: Asker): Promise<Response> {
    if (message.kind === "request" && message.method === "initialize")
      return this.#initialize(caller, view, message, asker);
    const session = await this.#session(request, caller);
    if (session instanceof Response) return session;
    const scope = this.#scopeOf(caller, view, session, asker);
    if (message.kind !== "request") {
      this.#take(scope, message);
      return new Response(null, { status: 202 });
    }
    return this.#respond(request, scope, (emitting) => this.#answer(emitting, message));
  }

  /** Several messages at once, answered by the array of their answers; each one counts as if it came alone. */
  async postBatch(request: Request, caller: Caller, view: Seen, batch: Batch, asker: Asker): Promise<Response> {
    const version = request.headers.get("mcp-protocol-version");
    const unknown = refuseVersion(version, "null");
    if (unknown) return unknown;
    const session = await this.#session(request, caller);
    if (session instanceof Response) return session;
    if ((version ?? session?.protocolVersion ?? BATCHES) !== BATCHES)
      return refuse(400, `Only ${BATCHES} has batches; send one message a request.`);
    const scope = this.#scopeOf(caller, view, session, asker);
    const answers: ((emitting: Scope) => Promise<string>)[] = [];
    for (const message of batch) {
      if (message instanceof Response) answers.push(() => message.text());
      else if (message.kind !== "request") this.#take(scope, message);
      else if (message.method === "initialize")
        answers.push(async () => rpcError(message.id, RPC.invalidRequest, "initialize comes alone, not in a batch."));
      else
        answers.push(async (emitting) => {
          const answer = await this.#answer({ ...emitting, client: childOf(emitting.client) }, message);
          return typeof answer === "string" ? answer : answer.text();
        });
    }
    if (answers.length === 0) return new Response(null, { status: 202 });
    return this.#respond(request, scope, async (emitting) => {
      const texts = await Promise.all(answers.map((answer) => answer(emitting)));
      return `[${texts.join(",")}]`;
    });
  }

  #scopeOf(caller: Caller, view: Seen, session: Session | null, asker: Asker): Scope {
    const scope = bareScope(asker, caller.principal, view);
    if (session) {
      scope.session = session;
      scope.clientName = session.clientName;
      scope.clientVersion = session.clientVersion;
      scope.capabilities = session.capabilities;
      scope.logLevel = this.#engine.clients.levelOf(session.id);
      this.#engine.mailbox.linger();
    }
    this.#engine.uses.note(scope);
    return scope;
  }

  /** Takes a notification or an answer to something that was asked. */
  #take(scope: Scope, message: Message): void {
    const { session, principal } = scope;
    if (message.kind === "notification") {
      if (message.method === "notifications/cancelled") cancel(this.#engine, scope, message);
      else notice(this.#engine, scope, message);
    } else if (session) {
      const asked = { sessionId: session.id, tokenId: principal.tokenId };
      this.#engine.defer(this.#engine.asks.answer(asked, message));
    }
  }

  #respond(request: Request, scope: Scope, run: (emitting: Scope) => Promise<string | Response>): Promise<Response> {
    const { client, session, principal } = scope;
    const leave = () => client.abort();
    const streams = accepts(request.headers.get("accept"), "text/event-stream");
    request.signal.addEventListener("abort", leave, { once: true });
    const work = async ({ emit, ask }: Before) => {
      const asked = streams && session ? { sessionId: session.id, tokenId: principal.tokenId } : null;
      const asking = asked && ((question: ServerRequest) => this.#engine.asks.ask(asked, question, ask, client.signal));
      try {
        return await run({ ...scope, emit, ask: asking });
      } finally {
        request.signal.removeEventListener("abort", leave);
      }
    };
    return respond(streams, work, leave);
  }

  async #answer(scope: Scope, message: Message): Promise<string | Response> {
    try {
      return await cancellable(this.#engine, scope, message.id, () => dispatch(this.#engine, scope, message));
    } catch (error) {
      return failed(this.#engine.log, message.id, error);
    }
  }

  async #initialize(caller: Caller, view: Seen, message: Message, asker: Asker): Promise<Response> {
    const hello = readHello(message);
    if (!hello)
      return json(
        200,
        rpcError(message.id, RPC.invalidParams, "initialize needs protocolVersion, capabilities and clientInfo."),
      );
    const begun = { ...hello, capabilities: capabilitiesOf(message.params), node: null };
    const { session, sealed } = await this.parts.sessions.begin(caller.principal, begun);
    const scope = this.#scopeOf(caller, view, session, asker);
    const result = await welcome(this.#engine, scope, hello);
    return json(200, rpcResult(message.id, result), { [SESSION_HEADER]: sealed });
  }

  /** The standalone stream. It has no event ids, so a client that wants to go on behind one gets a fresh stream. */
  async get(request: Request, caller: Caller, endpoint: Endpoint, sourceIp: string | null): Promise<Response> {
    const session = await this.#session(request, caller);
    if (session instanceof Response) return session;
    if (!session) return gone();
    let stop = () => {};
    const stream = openEventStream(() => stop());
    const open = { caller, endpoint, sourceIp, stream, sessionId: session.id, session: () => session };
    stop = watchLegacy(this.parts, open).stop;
    return stream.response;
  }

  async delete(request: Request, caller: Caller): Promise<Response> {
    const session = await this.#session(request, caller);
    if (session instanceof Response) return session;
    if (!session) return refuse(400, "DELETE needs the Mcp-Session-Id of the session to end.");
    this.parts.sessions.end(session);
    const { id, tokenId, workspaceId, expiresAt } = session;
    await this.parts.directory.endSession({ id, tokenId, workspaceId, expiresAt });
    this.#engine.clients.forget(id);
    this.#engine.mailbox.tell("session-ended", { id });
    this.#drop(id);
    return new Response(null, { status: 204 });
  }

  /** Ends what this node holds of a session: its streams, and its sessions with servers. */
  #drop(id: string): void {
    this.parts.streams.endSession(id);
    this.#engine.pool.drop(id);
  }

  /** Null without the header; 404 for a session that is not (or no longer) this token's, so the client begins anew. */
  async #session(request: Request, caller: Caller): Promise<Session | null | Response> {
    const sealed = request.headers.get(SESSION_HEADER);
    return sealed === null ? null : ((await this.parts.sessions.open(sealed, caller.principal)) ?? gone());
  }
}

/** Aborts with its parent, and alone. */
function childOf({ signal }: AbortController): AbortController {
  const child = new AbortController();
  if (signal.aborted) child.abort();
  else signal.addEventListener("abort", () => child.abort(), { once: true });
  return child;
}
