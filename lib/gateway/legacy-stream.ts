import type { Caller } from "./authenticate";
import type { Endpoint } from "./endpoint";
import type { EventStream } from "./event-stream";
import { notification } from "./notifications";
import { OwnStream } from "./own-stream";
import type { Principal } from "./ports";
import type { Engine, View } from "./scope";
import type { Session } from "./session";
import type { Streams, Wants } from "./streams";
import type { UpstreamNews } from "./upstream-watch";

const EVERYTHING: Wants = { tools: true, prompts: true, resources: true };

/** What an older client's stream needs of the gateway. */
export interface LegacyStreams {
  engine: Engine;
  streams: Streams;
  news: UpstreamNews;
}

/**
 * Watches the one stream of an older client: GET of Streamable HTTP, or the stream of HTTP+SSE. All list changes, the
 * resources it subscribed to, and on a single-server endpoint whatever else that server says.
 * @param session as it is now; null as long as the client has not said `initialize`
 * @returns ends the watch; to be called when the stream closes
 */
export function watchLegacy(
  { engine, streams, news }: LegacyStreams,
  open: {
    caller: Caller;
    endpoint: Endpoint;
    sourceIp: string | null;
    sessionId: string;
    session(): Session | null;
    stream: EventStream;
  },
): { stop(): void; initialized(): void } {
  const { stream, session, sessionId } = open;
  let last: { view: View; principal: Principal } | null = null;
  const own = new OwnStream({ engine, news, session, stream });
  const follow = () => {
    if (last) own.follow(last.view, last.principal);
  };
  const unlisten = engine.clients.onChange((changed) => {
    if (changed === sessionId) follow();
  });
  const done = engine.mailbox.expect("slowly");
  engine.clients.open(sessionId);
  const watching = streams.watch({
    caller: open.caller,
    sourceIp: open.sourceIp,
    server: open.endpoint.server,
    era: "legacy",
    sessionId,
    wants: EVERYTHING,
    subscriptions: () => (own.carries ? [] : engine.clients.subscriptionsOf(sessionId)),
    stream,
    send: (method, params) => stream.message(notification(method, params)),
    end: () => stream.end(),
    follow(view, principal) {
      last = { view, principal };
      follow();
    },
  });
  watching.begin();
  return {
    stop() {
      watching.stop();
      unlisten();
      own.close();
      done();
    },
    initialized: follow,
  };
}
