import { errorFields, type Log } from "@/lib/log";
import { pause } from "@/lib/mcp/pause";
import { UpstreamError } from "@/lib/mcp/transport";
import type { ListenFilter, UpstreamInfo, UpstreamSession } from "@/lib/mcp/upstream";
import { LIST_KINDS, type ListKind, listChangeOf } from "./notifications";
import type { UpstreamServer, WorkspaceSnapshot } from "./ports";
import { isPersonal, recipeOf } from "./recipe";
import type { UpstreamPool } from "./upstream-pool";

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
const STEADY_MS = 30_000; // a stream that lasted so long was a good one
const LINGER_MS = 5_000; // clients come back; a server need not notice
const TOUCH_MS = 60_000; // the pool closes what nobody uses

/** A server that somebody who watches here looks at. */
export interface Wanted {
  server: UpstreamServer;
  workspace: WorkspaceSnapshot;
  /** With whose values it is asked, where it takes members' own. */
  memberId: string;
  /** Resources, as the server knows them, whose changes somebody wants to hear of. */
  uris: Set<string>;
}

interface Entry {
  wanted: Wanted;
  uris: string;
  stop: AbortController;
  /** Resolves when it is known whether the server can be listened to. */
  settled: Promise<void>;
  touchedAt: number;
  wantedAt: number;
}

/** What a server's stream brought. */
export interface UpstreamNews {
  /** A list may have changed: reads it anew and tells whoever looks at the server. `said`: by the server itself. */
  list(wanted: Wanted, kind: ListKind, said: boolean): Promise<void>;
  /** A resource changed. @param json the notification as it came */
  updated(server: UpstreamServer, json: string): void;
}

/**
 * Listens to what servers say of themselves, for as long as somebody on this node watches: one stream for each server (and
 * member, where it takes members' own values) on the session that reads its lists, reopened with back-off. A server that
 * declares no changes, or has no such stream, is left alone, as is a hosted one, whose lists only a deployment changes.
 */
export class UpstreamWatch {
  readonly #entries = new Map<string, Entry>();
  #sweep: ReturnType<typeof setTimeout> | undefined;
  constructor(
    private readonly pool: UpstreamPool,
    private readonly news: UpstreamNews,
    private readonly now: () => number,
    private readonly log: Log,
  ) {}

  keyOf(server: UpstreamServer, memberId: string): string {
    return this.pool.fingerprintOf(server, memberId);
  }

  /** Says what is to be listened to from now on, by `keyOf`. */
  want(wanted: Map<string, Wanted>): void {
    const now = this.now();
    for (const [key, entry] of this.#entries) {
      if (wanted.has(key)) entry.wantedAt = now;
      else if (now - entry.wantedAt >= LINGER_MS) this.#drop(key, entry);
    }
    for (const [key, one] of wanted) {
      if (one.server.hosted) continue;
      const uris = [...one.uris].sort().join("\n");
      const entry = this.#entries.get(key);
      if (entry && entry.uris === uris) this.#keep(entry, one, now);
      else {
        if (entry) this.#drop(key, entry);
        this.#entries.set(key, this.#start(one, uris, now));
      }
    }
    // Where nobody watches any more, nobody will call again either.
    clearTimeout(this.#sweep);
    if (wanted.size === 0 && this.#entries.size > 0) this.#sweep = setTimeout(() => this.want(wanted), LINGER_MS);
  }

  #keep(entry: Entry, wanted: Wanted, now: number): void {
    entry.wanted = wanted;
    if (now - entry.touchedAt < TOUCH_MS) return;
    entry.touchedAt = now;
    void this.#session(wanted).catch(() => undefined);
  }

  #drop(key: string, entry: Entry): void {
    entry.stop.abort();
    this.#entries.delete(key);
  }

  #start(wanted: Wanted, uris: string, now: number): Entry {
    const stop = new AbortController();
    let settle = () => {};
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const entry: Entry = { wanted, uris, stop, settled, touchedAt: now, wantedAt: now };
    void this.#run(entry, settle).finally(settle);
    return entry;
  }

  #session({ server, workspace, memberId }: Wanted) {
    return this.pool.session(server, workspace, { id: "catalogue", memberId });
  }

  async #run(entry: Entry, settle: () => void): Promise<void> {
    const { signal } = entry.stop;
    for (let failures = 0; !signal.aborted; failures++) {
      const { wanted } = entry;
      const { server, workspace, memberId } = wanted;
      if (isPersonal(server) && recipeOf(server, workspace, memberId).missing.length > 0) return;
      const began = this.now();
      let session: UpstreamSession | null = null;
      try {
        session = await this.#session(wanted);
        const filter = filterOf(session.info, entry.wanted.uris);
        if (!filter || signal.aborted) return;
        const onOpen = () => {
          settle();
          // What changed while nobody listened is found by looking.
          for (const kind of kindsOf(filter)) void this.news.list(entry.wanted, kind, false);
        };
        await session.listen({ filter, signal, onOpen, onNotification: (json) => this.#take(entry.wanted, json) });
      } catch (error) {
        if (signal.aborted) return;
        if (isNone(error) && !session?.closed) return;
        if (failures === 0)
          this.log.warn("gateway.listen_failed", {
            workspace: workspace.slug,
            server: server.slug,
            ...errorFields(error),
          });
      }
      settle();
      if (this.now() - began > STEADY_MS) failures = 0;
      await pause(Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS), signal);
    }
  }

  #take(wanted: Wanted, json: string): void {
    const method: unknown = (JSON.parse(json) as { method?: unknown }).method;
    if (method === "notifications/resources/updated") this.news.updated(wanted.server, json);
    const kind = listChangeOf(method);
    if (kind) void this.news.list(wanted, kind, true);
  }

  /** Resolves when every server that is wanted now can be listened to, or is known not to be. */
  async settled(): Promise<void> {
    await Promise.all([...this.#entries.values()].map((entry) => entry.settled));
  }

  /** Ends every stream. */
  close(): void {
    clearTimeout(this.#sweep);
    for (const [key, entry] of [...this.#entries]) this.#drop(key, entry);
  }

  get size(): number {
    return this.#entries.size;
  }
}

/** What of all that a server declares is worth listening to; null: nothing. */
function filterOf({ capabilities }: UpstreamInfo, uris: Set<string>): ListenFilter | null {
  const declares = (list: string, what: string) =>
    (capabilities[list] as Record<string, unknown> | undefined)?.[what] === true;
  const filter = {
    tools: declares("tools", "listChanged"),
    prompts: declares("prompts", "listChanged"),
    resourceList: declares("resources", "listChanged"),
    resources: declares("resources", "subscribe") ? [...uris] : [],
  };
  return filter.tools || filter.prompts || filter.resourceList || filter.resources.length > 0 ? filter : null;
}

function kindsOf({ tools, prompts, resourceList }: ListenFilter): ListKind[] {
  const declared: Record<ListKind, boolean> = { tools, prompts, resources: resourceList };
  return LIST_KINDS.filter((kind) => declared[kind]);
}

/** The server has no stream of this kind; asking again would not help. */
const isNone = (error: unknown): boolean =>
  error instanceof UpstreamError && error.status !== undefined && [400, 404, 405, 406, 501].includes(error.status);
