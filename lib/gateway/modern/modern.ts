import { findParamMismatch } from "@/lib/mcp/param-headers";
import { RPC } from "@/lib/mcp/protocol";
import type { Caller } from "../authenticate";
import { accepts } from "../guard";
import type { Message } from "../message";
import { operate } from "../operate";
import { type Before, respond } from "../respond";
import { failed, json, refuse, rpcError, rpcResult } from "../responses";
import { type Asker, bareScope, type Engine, type Scope, type View } from "../scope";
import type { Streams } from "../streams";
import { readClaim } from "./claim";
import { listen } from "./listen";

/** HTTP status of an error that the revision gives one; every other error is an answer like any (200). */
const STATUS: ReadonlyMap<number, number> = new Map([
  [RPC.methodNotFound, 404],
  [RPC.headerMismatch, 400],
  [RPC.missingCapability, 400],
  [RPC.unsupportedVersion, 400],
]);

/** The stateless revision, 2026-07-28: every request brings all that there is to know, and closing its answer cancels it. */
export class Modern {
  constructor(
    private readonly engine: Engine,
    private readonly streams: Streams,
  ) {}

  async post(
    request: Request,
    caller: Caller,
    view: Pick<View, "workspace" | "only">,
    message: Message,
    asker: Asker,
  ): Promise<Response> {
    if (message.kind === "response")
      return refuse(400, "Clients of this revision answer nothing: send the request again with inputResponses.");
    if (message.kind === "notification") return new Response(null, { status: 202 });
    const claim = readClaim(request.headers, message);
    if (claim instanceof Response) return claim;
    const scope: Scope = { ...bareScope(asker, caller.principal, view), ...claim, era: "modern" };
    this.engine.uses.note(scope);
    const params = this.#readParams(request.headers, scope, message);
    if (params instanceof Response) return params;
    scope.paramHeaders = params;
    const stream = accepts(request.headers.get("accept"), "text/event-stream");
    if (message.method === "subscriptions/listen")
      return listen({ engine: this.engine, streams: this.streams, caller, scope, message, stream });
    return this.#run(request, scope, message, stream);
  }

  #run(request: Request, scope: Scope, message: Message, stream: boolean): Promise<Response> {
    const leave = () => scope.client.abort();
    request.signal.addEventListener("abort", leave, { once: true });
    const run = async ({ emit }: Before) => {
      try {
        const { kind, json: text } = await operate(this.engine, { ...scope, emit }, message);
        if (kind === "result") return rpcResult(message.id, text);
        const answer = `{"jsonrpc":"2.0","id":${message.id},"error":${text}}`;
        const status = STATUS.get((JSON.parse(text) as { code: number }).code);
        return status === undefined ? answer : json(status, answer);
      } catch (error) {
        return failed(this.engine.log, message.id, error);
      } finally {
        request.signal.removeEventListener("abort", leave);
      }
    };
    return respond(stream, run, leave);
  }

  /** The `Mcp-Param-…` headers that the tool called asks for, compared with the arguments (`-32020` where they differ). */
  #readParams(headers: Headers, scope: Scope, message: Message): Record<string, string> | Response {
    const { name, arguments: args } = message.params ?? {};
    if (message.method !== "tools/call" || typeof name !== "string") return {};
    const declared = this.engine.toolsets.known(scope).byName.get(name)?.paramHeaders ?? "invalid";
    if (declared === "invalid" || declared.size === 0) return {};
    const wrong = findParamMismatch(declared, args, (header) => headers.get(header));
    if (wrong !== null) {
      const text = `The header ${wrong} does not say what the arguments say.`;
      return json(400, rpcError(message.id, RPC.headerMismatch, text, { mismatch: { header: wrong } }));
    }
    const params: Record<string, string> = {};
    for (const suffix of declared.keys()) {
      const value = headers.get(`mcp-param-${suffix}`);
      if (value !== null) params[`mcp-param-${suffix}`] = value;
    }
    return params;
  }
}
