import { LIMITS } from "@/lib/limits";
import { errorFields, type Log } from "@/lib/log";
import { allowsIp } from "@/lib/mcp/ip-allow";
import type { Caller } from "./authenticate";
import type { EventStream } from "./event-stream";
import type { Principal } from "./ports";
import type { Principals } from "./principals";
import { listFor } from "./toolset";
import type { Toolsets } from "./toolsets";
import type { WorkspaceCache } from "./workspace-cache";

const TICK_MS = 1_000;
const LIST_CHANGED = '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}';

interface Watched {
  caller: Caller;
  stream: EventStream;
  sourceIp: string | null;
  /** The list that the client last could know, and for whom it was worked out. */
  list: string | null;
  principal: Principal | null;
  quietSince: number;
}

/**
 * Long-lived streams. Each one's credential is looked up again once a second and whenever the change feed has news: one
 * that ended closes its streams (as does a list of addresses that no longer holds the client's, or a new slug), a list that changed for its member is announced, silence is broken by a comment. So
 * both reach every node by the database alone, without messages between nodes.
 */
export class Streams {
  readonly #watched = new Set<Watched>();
  #timer: ReturnType<typeof setInterval> | null = null;
  #ticking = false;
  #again = false;
  constructor(
    private readonly principals: Principals,
    private readonly workspaces: WorkspaceCache,
    private readonly toolsets: Toolsets,
    private readonly now: () => number,
    private readonly log: Log,
  ) {}

  /** Watches a stream until the returned function is called or the stream is closed from here. */
  watch(caller: Caller, stream: EventStream, sourceIp: string | null): () => void {
    const watched: Watched = { caller, stream, sourceIp, list: null, principal: null, quietSince: this.now() };
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

  /** Checks every stream now; asked again meanwhile, it goes round once more, so no news is missed. */
  async tick(): Promise<void> {
    if (this.#ticking) {
      this.#again = true;
      return;
    }
    this.#ticking = true;
    this.#again = false;
    try {
      await Promise.all([...this.#watched].map((watched) => this.#check(watched)));
    } catch (error) {
      this.log.warn("gateway.stream_check_failed", errorFields(error));
    } finally {
      this.#ticking = false;
      if (this.#again) void this.tick();
    }
  }

  async #check(watched: Watched): Promise<void> {
    const principal = await this.principals.find(watched.caller.credential);
    if (!principal) return watched.stream.end();
    if (principal !== watched.principal) {
      const workspace = await this.workspaces.read(principal);
      const moved = principal.workspaceSlug !== watched.caller.principal.workspaceSlug;
      if (moved || !allowsIp(workspace.ipAllow, watched.sourceIp)) return watched.stream.end();
      const list = listFor(this.toolsets.known(workspace), principal.toolScope);
      if (watched.list !== null && watched.list !== list)
        this.#send(watched, () => watched.stream.message(LIST_CHANGED));
      watched.list = list;
      watched.principal = principal;
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
