import { RPC } from "@/lib/mcp/protocol";
import type { Caller } from "./authenticate";
import { dispatch, notice, readHello, welcome } from "./dispatch";
import { openEventStream } from "./event-stream";
import { accepts } from "./guard";
import type { Message } from "./message";
import type { Directory, WorkspaceSnapshot } from "./ports";
import { respond } from "./respond";
import { json, refuse, rpcError, rpcResult, unavailable } from "./responses";
import type { Asker, Engine, Scope } from "./scope";
import type { Session, Sessions } from "./session";
import type { Streams } from "./streams";
import { UnavailableError } from "./unavailable";

const SESSION_HEADER = "mcp-session-id";
const gone = () => refuse(404, "This session has ended. Send initialize to begin a new one.");

/** Streamable HTTP of 2025-03-26 to 2025-11-25 over sealed sessions; requests without a session are answered too. */
export class Streamable {
  constructor(
    private readonly engine: Engine,
    private readonly sessions: Sessions,
    private readonly streams: Streams,
    private readonly directory: Pick<Directory, "endSession">,
  ) {}

  async post(
    request: Request,
    caller: Caller,
    workspace: WorkspaceSnapshot,
    message: Message,
    asker: Asker,
  ): Promise<Response> {
    if (message.kind === "request" && message.method === "initialize")
      return this.#initialize(caller, workspace, message, asker);
    const session = await this.#session(request, caller);
    if (session instanceof Response) return session;
    const client = new AbortController();
    const scope: Scope = {
      ...asker,
      principal: caller.principal,
      workspace,
      session,
      client,
      emit: () => undefined,
    };
    this.engine.uses.note(scope);
    if (message.kind !== "request") {
      if (message.kind === "notification") notice(this.engine, scope, message);
      return new Response(null, { status: 202 });
    }
    const leave = () => client.abort();
    request.signal.addEventListener("abort", leave, { once: true });
    const run = async (emit: Scope["emit"]) => {
      try {
        return await dispatch(this.engine, { ...scope, emit }, message);
      } catch (error) {
        if (error instanceof UnavailableError) return unavailable(message.id);
        throw error;
      } finally {
        request.signal.removeEventListener("abort", leave);
      }
    };
    return respond(accepts(request.headers.get("accept"), "text/event-stream"), run, leave);
  }

  async #initialize(
    caller: Caller,
    workspace: WorkspaceSnapshot,
    message: Message,
    { sourceIp }: Asker,
  ): Promise<Response> {
    const hello = readHello(message);
    if (!hello)
      return json(
        200,
        rpcError(message.id, RPC.invalidParams, "initialize needs protocolVersion, capabilities and clientInfo."),
      );
    const { session, sealed } = await this.sessions.begin(caller.principal, hello);
    this.engine.uses.note({ principal: caller.principal, session, sourceIp });
    return json(200, rpcResult(message.id, welcome({ workspace }, hello)), { [SESSION_HEADER]: sealed });
  }

  /** The standalone stream, for list changes. */
  async get(request: Request, caller: Caller, sourceIp: string | null): Promise<Response> {
    const session = await this.#session(request, caller);
    if (session instanceof Response) return session;
    let unwatch = () => {};
    const stream = openEventStream(() => unwatch());
    unwatch = this.streams.watch(caller, stream, sourceIp);
    return stream.response;
  }

  async delete(request: Request, caller: Caller): Promise<Response> {
    const session = await this.#session(request, caller);
    if (session instanceof Response) return session;
    if (!session) return refuse(400, "DELETE needs the Mcp-Session-Id of the session to end.");
    this.sessions.end(session);
    const { id, tokenId, workspaceId, expiresAt } = session;
    await this.directory.endSession({ id, tokenId, workspaceId, expiresAt });
    return new Response(null, { status: 204 });
  }

  /** Null without the header; 404 for a session that is not (or no longer) this token's, so the client begins anew. */
  async #session(request: Request, caller: Caller): Promise<Session | null | Response> {
    const sealed = request.headers.get(SESSION_HEADER);
    return sealed === null ? null : ((await this.sessions.open(sealed, caller.principal)) ?? gone());
  }
}
