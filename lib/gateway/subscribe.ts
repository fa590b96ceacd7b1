import { RPC } from "@/lib/mcp/protocol";
import { type Answer, failure, success } from "./answer";
import { LEVELS } from "./bridge/notifications";
import type { Message } from "./message";
import { findResource, parseUri } from "./read-resource";
import type { Engine, Scope } from "./scope";

const NEEDS_SESSION = "This needs a session: send initialize first, and its Mcp-Session-Id with each request.";

/** `resources/subscribe` and `resources/unsubscribe` of the older revisions: kept for the session; its stream does the rest. */
export async function subscribe(engine: Engine, scope: Scope, message: Message): Promise<Answer> {
  const parsed = parseUri(message);
  if (typeof parsed === "string") return failure(RPC.invalidParams, parsed);
  if (!scope.session) return failure(RPC.invalidRequest, NEEDS_SESSION);
  const resource = await findResource(engine, scope, parsed.uri);
  if (!resource) return failure(RPC.resourceNotFound, "Resource not found", { uri: parsed.uri });
  const subscription = { serverId: resource.server.id, uri: resource.uri, exposed: parsed.uri };
  if (message.method === "resources/subscribe") engine.clients.subscribe(scope.session, subscription);
  else engine.clients.unsubscribe(scope.session, subscription);
  return success("{}");
}

/** `logging/setLevel` of the older revisions: each server is told before its next request. */
export function setClientLevel(engine: Engine, scope: Scope, message: Message): Answer {
  const level = message.params?.level;
  if (!(LEVELS as readonly unknown[]).includes(level))
    return failure(RPC.invalidParams, `params.level must be one of ${LEVELS.join(", ")}.`);
  if (!scope.session) return failure(RPC.invalidRequest, NEEDS_SESSION);
  engine.clients.setLevel(scope.session.id, level as string);
  return success("{}");
}
