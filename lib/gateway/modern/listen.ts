import { META_SUBSCRIPTION_ID, RPC } from "@/lib/mcp/protocol";
import type { Caller } from "../authenticate";
import type { Subscription } from "../clients";
import { openEventStream } from "../event-stream";
import { maySee } from "../may-see";
import type { Message } from "../message";
import { notification, ofSubscription } from "../notifications";
import type { Principal } from "../ports";
import { json, refuse, rpcError } from "../responses";
import type { Engine, Scope, View } from "../scope";
import type { Streams, Wants, Watcher } from "../streams";

const MAX_RESOURCES = 1_000;

interface Filter {
  wants: Wants;
  /** As the client knows them. */
  resources: string[];
}

/**
 * `subscriptions/listen` of 2026-07-28: acknowledges first with what it will really bring, then sends changes, each with
 * the request's id as it came. Ends with a result where the end comes from here (shutdown, access gone).
 */
export async function listen(parts: {
  engine: Engine;
  streams: Streams;
  caller: Caller;
  scope: Scope;
  message: Message;
  /** Whether the client accepts event streams. */
  stream: boolean;
}): Promise<Response> {
  const { engine, streams, caller, scope, message } = parts;
  const filter = readFilter(message.params?.notifications);
  if (filter === null) {
    const text = "subscriptions/listen needs params.notifications: which changes are to be told.";
    return json(200, rpcError(message.id, RPC.invalidParams, text));
  }
  if (!parts.stream) return refuse(406, "The answer is an event stream, and the client does not accept one.");
  const { id } = message;
  let stop = () => {};
  const stream = openEventStream(() => stop());
  const subscriptions = (view: View) => owned(engine, view, caller.principal, filter.resources);
  const watcher: Watcher = {
    caller,
    sourceIp: scope.sourceIp,
    server: scope.only?.slug ?? null,
    era: "modern",
    sessionId: null,
    wants: filter.wants,
    subscriptions,
    stream,
    send: (method, params) => stream.message(notification(method, ofSubscription(params, id))),
    end() {
      const meta = `{${JSON.stringify(META_SUBSCRIPTION_ID)}:${id}}`;
      stream.message(`{"jsonrpc":"2.0","id":${id},"result":{"resultType":"complete","_meta":${meta}}}`);
      stream.end();
    },
  };
  const watching = streams.watch(watcher);
  stop = watching.stop;
  const granted = {
    ...(filter.wants.tools && { toolsListChanged: true }),
    ...(filter.wants.prompts && { promptsListChanged: true }),
    ...(filter.wants.resources && { resourcesListChanged: true }),
    ...(filter.resources.length > 0 && { resourceSubscriptions: subscriptions(scope).map(({ exposed }) => exposed) }),
  };
  // Whoever was told that it listens must miss nothing, so the servers' own streams are opened before.
  void watching.ready.then(() => {
    watcher.send("notifications/subscriptions/acknowledged", JSON.stringify({ notifications: granted }));
    watching.begin();
  });
  return stream.response;
}

/** Null where it is no filter. */
function readFilter(value: unknown): Filter | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const { toolsListChanged, promptsListChanged, resourcesListChanged, resourceSubscriptions } = value as Record<
    string,
    unknown
  >;
  const flags = [toolsListChanged, promptsListChanged, resourcesListChanged];
  if (!flags.every((flag) => flag === undefined || typeof flag === "boolean")) return null;
  const resources = resourceSubscriptions ?? [];
  if (!Array.isArray(resources) || resources.length > MAX_RESOURCES) return null;
  if (!resources.every((uri): uri is string => typeof uri === "string")) return null;
  const wants = {
    tools: toolsListChanged === true,
    prompts: promptsListChanged === true,
    resources: resourcesListChanged === true,
  };
  return { wants, resources: [...new Set(resources)] };
}

/** Those of the resources whose server is known to this member and tells of their changes. */
function owned(engine: Engine, view: View, principal: Principal, resources: string[]): Subscription[] {
  const { memberId, toolScope } = principal;
  return resources.flatMap((exposed) => {
    const owner = engine.offers.ownerOf(view, exposed);
    if (!owner || !maySee(toolScope, owner.server)) return [];
    const can = engine.offers.capabilitiesOf(owner.server, memberId);
    const tells = !can || (can.resources as { subscribe?: unknown } | undefined)?.subscribe === true;
    return tells ? [{ serverId: owner.server.id, uri: owner.uri, exposed }] : [];
  });
}
