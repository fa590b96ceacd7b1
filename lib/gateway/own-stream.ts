import { pause } from "@/lib/mcp/pause";
import { UpstreamError } from "@/lib/mcp/transport";
import { profileOf } from "./bridge/client-capabilities";
import type { EventStream } from "./event-stream";
import { maySee } from "./may-see";
import { listChangeOf } from "./notifications";
import type { Principal, UpstreamServer } from "./ports";
import type { Engine, View } from "./scope";
import type { Session } from "./session";
import type { UpstreamNews } from "./upstream-watch";

const RETRY_MS = 2_000;

/**
 * The stray messages of a single-server endpoint: what an older server sends to this very client outside of any request
 * (log messages, news of its resources, questions) goes onto the client's own stream. Changes of lists do not: those
 * are told once they were read here too. Nothing of the kind exists where the server speaks 2026-07-28.
 */
export class OwnStream {
  #stop = new AbortController();
  #at = "";
  #carries = false;
  constructor(
    private readonly parts: {
      engine: Pick<Engine, "pool" | "asks" | "clients">;
      news: UpstreamNews;
      /** Null until the client sent `initialize`. */
      session(): Session | null;
      /** The client's stream. */
      stream: Pick<EventStream, "message" | "offer">;
    },
  ) {}

  /** Listens to what the client looks at now; called again after each change, and with each change of subscriptions. */
  follow(view: View, principal: Principal): void {
    const { only: server } = view;
    const session = this.parts.session();
    if (!server || !session || server.hosted || server.era === "modern") return;
    if (!maySee(principal.toolScope, server)) {
      this.#leave();
      return;
    }
    const uris = this.#urisOf(session, server);
    const at = [this.parts.engine.pool.fingerprintOf(server, principal.memberId), ...uris].join("\n");
    if (at === this.#at) return;
    this.#at = at;
    this.#carries = true;
    this.#stop.abort();
    this.#stop = new AbortController();
    void this.#run({ session, server, uris }, view, principal, this.#stop.signal);
  }

  /** Whether news of the client's resources comes this way. */
  get carries(): boolean {
    return this.#carries;
  }

  #urisOf({ id }: Session, server: UpstreamServer): string[] {
    const own = this.parts.engine.clients.subscriptionsOf(id).filter(({ serverId }) => serverId === server.id);
    return own.map(({ uri }) => uri).sort();
  }

  async #run(
    { session, server, uris }: { session: Session; server: UpstreamServer; uris: string[] },
    view: View,
    principal: Principal,
    signal: AbortSignal,
  ): Promise<void> {
    const { engine, news, stream } = this.parts;
    const { workspace } = view;
    const { memberId, tokenId } = principal;
    while (!signal.aborted) {
      try {
        const owner = { id: session.id, memberId };
        const profile = profileOf(view, session.capabilities, server);
        const upstream = await engine.pool.session(server, workspace, owner, profile);
        if (upstream.era === "modern") this.#carries = false;
        if (upstream.era === "modern" || signal.aborted) return;
        await upstream.listen({
          filter: { tools: true, prompts: true, resourceList: true, resources: uris },
          signal,
          onNotification: (json) => {
            const kind = listChangeOf((JSON.parse(json) as { method?: unknown }).method);
            if (kind) void news.list({ server, workspace, memberId, uris: new Set() }, kind, true);
            else stream.offer(json);
          },
          onRequest: (request) =>
            engine.asks.ask({ sessionId: session.id, tokenId }, request, (json) => stream.message(json), signal),
        });
      } catch (error) {
        // The client's calls say what is wrong with the server; one without such a stream is fine.
        if (error instanceof UpstreamError && error.status !== undefined) return;
      }
      await pause(RETRY_MS, signal);
    }
  }

  /** The member may use nothing of the server (any more). */
  #leave(): void {
    this.#stop.abort();
    this.#at = "";
    this.#carries = false;
  }

  close(): void {
    this.#stop.abort();
  }
}
