import { LIMITS } from "@/lib/limits";
import { errorFields } from "@/lib/log";
import { RPC } from "@/lib/mcp/protocol";
import type { UpstreamSession } from "@/lib/mcp/upstream";
import { type Answer, failure } from "./answer";
import { onRequestOf } from "./bridge/ask";
import { toldOf } from "./bridge/client-capabilities";
import { failureText } from "./failure-text";
import { contextHeaders } from "./functions";
import { inject } from "./inject";
import type { UpstreamServer } from "./ports";
import { clientIdOf, type Engine, type Scope } from "./scope";

/**
 * Sends one request that has no effect worth a row (completion, the state of a task) to a server and gives back what it
 * answers, secrets taken out; a server that fails is an error with the reason.
 */
export async function pass(
  engine: Engine,
  scope: Scope,
  server: UpstreamServer,
  method: string,
  params: string,
): Promise<{ session: UpstreamSession | null; answer: Answer }> {
  const { workspace, principal } = scope;
  const { memberId } = principal;
  try {
    const injection = await inject(server, workspace, memberId, engine.keys, engine.crypto);
    const told = toldOf(scope, scope.capabilities, server);
    const owner = { id: clientIdOf(scope), memberId };
    const session = await engine.pool.session(server, workspace, owner, told.profile);
    const reply = await session.request(method, params, {
      headers: { ...injection.headers, ...contextHeaders(server, workspace.id, { call: "pass", memberId }) },
      signal: scope.client.signal,
      deadlineMs: LIMITS.callMs,
      onRequest: onRequestOf(scope, told.asks && scope.era === "legacy", injection.redact),
    });
    return { session, answer: { kind: reply.kind, json: injection.redact(reply.json) } };
  } catch (error) {
    engine.log.warn("gateway.pass_failed", { server: server.slug, method, ...errorFields(error) });
    return { session: null, answer: failure(RPC.internalError, failureText(server.slug, error, scope)) };
  }
}
