import { LIMITS } from "@/lib/limits";
import { errorFields, type Log } from "@/lib/log";
import type { Caller } from "./authenticate";
import type { EventStream } from "./event-stream";
import type { TokenCache } from "./token-cache";
import type { Toolsets } from "./toolsets";
import type { WorkspaceCache } from "./workspace-cache";

const TICK_MS = 1_000;
const LIST_CHANGED = '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}';

interface Watched {
  caller: Caller;
  stream: EventStream;
  /** The composed list that the client last could know. */
  list: string | null;
  version: number;
  quietSince: number;
}

/**
 * Long-lived streams. Once a second each one's token is looked up again (many streams of a token share one read): a
 * revoked token closes its streams, a changed tool list is announced, silence is broken by a comment. So both reach
 * every node by the database alone, without messages between nodes.
 */
export class Streams {
  readonly #watched = new Set<Watched>();
  #timer: ReturnType<typeof setInterval> | null = null;
  #ticking = false;
  constructor(
    private readonly tokens: TokenCache,
    private readonly workspaces: WorkspaceCache,
    private readonly toolsets: Toolsets,
    private readonly now: () => number,
    private readonly log: Log,
  ) {}

  /** Watches a stream until the returned function is called or the stream is closed from here. */
  watch(caller: Caller, stream: EventStream): () => void {
    const watched: Watched = { caller, stream, list: null, version: -1, quietSince: this.now() };
    this.#watched.add(watched);
    this.#timer ??= setInterval(() => void this.tick(), TICK_MS);
    return () => {
      this.#watched.delete(watched);
      if (this.#watched.size === 0 && this.#timer !== null) {
        clearInterval(this.#timer);
        this.#timer = null;
      }
    };
  }

  async tick(): Promise<void> {
    if (this.#ticking) return;
    this.#ticking = true;
    try {
      await Promise.all([...this.#watched].map((watched) => this.#check(watched)));
    } catch (error) {
      this.log.warn("gateway.stream_check_failed", errorFields(error));
    } finally {
      this.#ticking = false;
    }
  }

  async #check(watched: Watched): Promise<void> {
    const principal = await this.tokens.find(watched.caller.tokenHash);
    if (!principal) return watched.stream.end();
    if (principal.workspaceVersion !== watched.version) {
      const { json } = this.toolsets.known(await this.workspaces.read(principal));
      if (watched.list !== null && watched.list !== json)
        this.#send(watched, () => watched.stream.message(LIST_CHANGED));
      watched.list = json;
      watched.version = principal.workspaceVersion;
    }
    if (this.now() - watched.quietSince >= LIMITS.keepAliveMs)
      this.#send(watched, () => watched.stream.event(null, "keep-alive"));
  }

  #send(watched: Watched, send: () => void): void {
    watched.quietSince = this.now();
    send();
  }

  /** Ends every stream; for shutdown. */
  close(): void {
    for (const watched of [...this.#watched]) watched.stream.end();
  }

  get size(): number {
    return this.#watched.size;
  }
}
