import { RPC } from "@/lib/mcp/protocol";
import type { ClientReply, RequestOptions, ServerRequest } from "@/lib/mcp/upstream";
import type { Scope } from "../scope";
import { missingToAsk } from "./client-capabilities";

const refused = (message: string): ClientReply => ({
  kind: "error",
  json: JSON.stringify({ code: RPC.methodNotFound, message }),
});

/**
 * How an older server's questions reach the client while a request runs: only what it declared, secrets of that server
 * taken out. Undefined where the client can be asked nothing, which costs nothing then.
 * @param asks whether the client declared any such capability
 */
export function onRequestOf(
  scope: Pick<Scope, "ask" | "capabilities">,
  asks: boolean,
  redact: (text: string) => string,
): RequestOptions["onRequest"] {
  const { ask, capabilities } = scope;
  if (!asks) return undefined;
  return async ({ method, params }: ServerRequest) => {
    const missing = missingToAsk(capabilities, method, params === undefined ? undefined : JSON.parse(params));
    if (missing === undefined) return refused("Method not found");
    if (missing !== null) return refused("The client did not declare what this needs");
    if (!ask) return refused("The client cannot be asked during this request");
    return ask({ method, params: params === undefined ? undefined : redact(params) });
  };
}
