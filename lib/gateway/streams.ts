import { LIMITS } from "@/lib/limits";
import { errorFields, type Log } from "@/lib/log";
import { allowsIp } from "@/lib/mcp/ip-allow";
import type { Era } from "@/lib/mcp/protocol";
import type { Caller } from "./authenticate";
import type { Subscription } from "./clients";
import type { EventStream } from "./event-stream";
import { maySee } from "./may-see";
import { LIST_KINDS, type ListKind, paramsOf, withMember } from "./notifications";
import type { Principal, UpstreamServer } from "./ports";
import type { Principals } from "./principals";
import type { OfferNews, View } from "./scope";
import { listFor } from "./toolset";
import type { Toolsets } from "./toolsets";
import type { UpstreamWatch, Wanted } from "./upstream-watch";
import type { WorkspaceCache } from "./workspace-cache";

const TICK_MS = 1_000;
const READY_MS = 500; // a client is not kept waiting longer for the streams of servers

/** Which lists a client wants to hear changes of. */
export type Wants = Record<ListKind, boolean>;

/** One long-lived stream of a client. */
export interface Watcher {
  caller: Caller;
  sourceIp: string | null;
  /** Slug of the one server that the client looks at; null: all. */
  server: string | null;
  era: Era;
  /** Null for modern clients. Of several streams of one session only the newest is told anything. */
  sessionId: string | null;
  wants: Wants;
  /** Resources whose changes this stream is to tell. */
  subscriptions(view: View): Subscription[];
  stream: EventStream;
  send(method: string, params?: string): void;
  /** Ends the stream from here, in whatever way its client understands. */
  end(): void;
  /** Told what the client looks at, first and after each change of it. */
  follow?(view: View, principal: Principal): void;
}

/** A stream under watch. */
export interface Watching {
  /** Resolves once the servers behind it are listened to, or half a second later. */
  ready: Promise<void>;
  /** Nothing is sent before: what happened meanwhile is sent then. */
  begin(): void;
  stop(): void;
}

interface Watched {
  watcher: Watcher;
  /** What the client last could know, by kind, and for whom it was worked out. */
  marks: Partial<Record<ListKind, string | null>>;
  principal: Principal | null;
  view: View | null;
  begun: boolean;
  owed: Set<ListKind>;
  quietSince: number;
}

/**
 * Long-lived streams. Each one's credential is looked up again once a second and whenever the change feed has news: one
 * that ended closes its streams (as does an ended session, a list of addresses that no longer holds the client's, or a
 * new slug), a list that changed for its member is announced, silence is broken by a comment. So all that reaches every
 * node by the database alone. What servers themselves say of changes comes in by `upstream-watch`, on each node by itself.
 */
export class Streams {
  readonly #watched = new Set<Watched>();
  /** Of each session with several streams the last one that was opened. */
  readonly #newest = new Map<string, Watched>();
  #timer: ReturnType<typeof setInterval> | null = null;
  #round: Promise<void> | null = null;
  #again = false;
  constructor(
    private readonly parts: {
      principals: Principals;
      workspaces: WorkspaceCache;
      toolsets: Toolsets;
      offers: OfferNews;
      watch: UpstreamWatch;
      now(): number;
      log: Log;
    },
  ) {}

  watch(watcher: Watcher): Watching {
    const quietSince = this.parts.now();
    const watched: Watched = {
      watcher,
      marks: {},
      principal: null,
      view: null,
      begun: false,
      owed: new Set(),
      quietSince,
    };
    this.#watched.add(watched);
    if (watcher.sessionId !== null) this.#newest.set(watcher.sessionId, watched);
    this.#timer ??= setInterval(() => void this.tick(), TICK_MS);
    return {
      ready: this.#ready(),
      begin: () => {
        watched.begun = true;
        for (const kind of watched.owed) this.#announce(watched, kind);
        watched.owed.clear();
      },
      stop: () => this.#forget(watched),
    };
  }

  #forget(watched: Watched): void {
    this.#watched.delete(watched);
    const { sessionId } = watched.watcher;
    if (sessionId !== null && this.#newest.get(sessionId) === watched) {
      const other = [...this.#watched].findLast(({ watcher }) => watcher.sessionId === sessionId);
      if (other) this.#newest.set(sessionId, other);
      else this.#newest.delete(sessionId);
    }
    if (this.#watched.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
    this.parts.watch.want(new Map());
  }

  async #ready(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, READY_MS);
    });
    await Promise.race([this.tick().then(() => this.parts.watch.settled()), late]);
    clearTimeout(timer);
  }

  /** Checks every stream now; asked again meanwhile, it goes round once more, so no news is missed. */
  tick(): Promise<void> {
    if (this.#round) {
      this.#again = true;
      return this.#round;
    }
    this.#round = this.#rounds().finally(() => {
      this.#round = null;
    });
    return this.#round;
  }

  async #rounds(): Promise<void> {
    do {
      this.#again = false;
      try {
        await Promise.all([...this.#watched].map((watched) => this.#check(watched)));
        if (this.#watched.size > 0) this.parts.watch.want(this.#wanted());
      } catch (error) {
        this.parts.log.warn("gateway.stream_check_failed", errorFields(error));
      }
    } while (this.#again);
  }

  async #check(watched: Watched): Promise<void> {
    const { watcher } = watched;
    const principal = await this.parts.principals.find(watcher.caller.credential);
    if (!principal || (watcher.sessionId !== null && principal.endedSessions.includes(watcher.sessionId)))
      return watcher.end();
    if (principal !== watched.principal) {
      const workspace = await this.parts.workspaces.read(principal);
      const moved = principal.workspaceSlug !== watcher.caller.principal.workspaceSlug;
      const only = workspace.servers.find(({ slug }) => slug === watcher.server) ?? null;
      const lost = watcher.server !== null && only === null;
      if (moved || lost || !allowsIp(workspace.ipAllow, watcher.sourceIp)) return watcher.end();
      const { view: before } = watched;
      const view = { workspace, only, era: watcher.era };
      Object.assign(watched, { view, principal });
      watcher.follow?.(view, principal);
      // A server that came may offer what nobody has asked it for yet.
      if (before && before.workspace.version !== workspace.version)
        void this.parts.offers.freshen(view, principal).then(() => this.#compare(watched));
    }
    this.#compare(watched);
    if (this.parts.now() - watched.quietSince >= LIMITS.keepAliveMs) {
      watched.quietSince = this.parts.now();
      watcher.stream.event(null, "keep-alive");
    }
  }

  /** Announces the lists that differ from what the client could know; the answer names them. */
  #compare(watched: Watched): Set<ListKind> {
    const { view, principal, marks } = watched;
    const told = new Set<ListKind>();
    if (!view || !principal) return told;
    const now = {
      tools: listFor(this.parts.toolsets.known(view), principal.toolScope, view.era),
      ...this.parts.offers.marks(view, principal),
    };
    for (const kind of LIST_KINDS) {
      const mark = now[kind];
      const before = marks[kind] ?? null;
      if (mark === null) continue;
      marks[kind] = mark;
      if (before === null || before === mark) continue;
      told.add(kind);
      this.#announce(watched, kind);
    }
    return told;
  }

  #announce(watched: Watched, kind: ListKind): void {
    const { watcher } = watched;
    if (!watcher.wants[kind] || !this.#isNewest(watched)) return;
    if (!watched.begun) {
      watched.owed.add(kind);
      return;
    }
    watched.quietSince = this.parts.now();
    watcher.send(`notifications/${kind}/list_changed`);
  }

  /** A server said that one of its lists changed, and what is known of it is new by now: told even where it looks the same. */
  changed(server: UpstreamServer, kind: ListKind): void {
    for (const watched of this.#watched) {
      const { view, principal } = watched;
      if (!view || !principal || !serversOf(view).some(({ id }) => id === server.id)) continue;
      const told = this.#compare(watched);
      if (!told.has(kind) && principal.toolScope === null) this.#announce(watched, kind);
    }
  }

  /** A server said that a resource changed. @param json the notification as it came */
  updated(server: UpstreamServer, json: string): void {
    const params = paramsOf(json) ?? "{}";
    const uri: unknown = (JSON.parse(params) as { uri?: unknown }).uri;
    if (typeof uri !== "string") return;
    for (const watched of this.#watched) {
      const { watcher, view, principal } = watched;
      if (!view || !principal || !watched.begun || !this.#isNewest(watched)) continue;
      if (!maySee(principal.toolScope, server)) continue;
      const exposed = exposedOf(watcher.subscriptions(view), server.id, uri);
      if (exposed === null) continue;
      watched.quietSince = this.parts.now();
      watcher.send("notifications/resources/updated", withMember(params, "uri", JSON.stringify(exposed)));
    }
  }

  #isNewest({ watcher }: Watched): boolean {
    return watcher.sessionId === null || this.#newest.get(watcher.sessionId)?.watcher === watcher;
  }

  /** Which servers are to be listened to for those who watch now, and for which resources. */
  #wanted(): Map<string, Wanted> {
    const wanted = new Map<string, Wanted>();
    for (const { watcher, view, principal } of this.#watched) {
      if (!view || !principal) continue;
      const subscriptions = watcher.subscriptions(view);
      for (const server of serversOf(view)) {
        const key = this.parts.watch.keyOf(server, principal.memberId);
        const known = wanted.get(key);
        const one = known ?? {
          server,
          workspace: view.workspace,
          memberId: principal.memberId,
          uris: new Set<string>(),
        };
        if (!known) wanted.set(key, one);
        if (!maySee(principal.toolScope, server)) continue;
        for (const { serverId, uri } of subscriptions) if (serverId === server.id) one.uris.add(uri);
      }
    }
    return wanted;
  }

  /** Ends the streams of a session that was ended on this node. */
  endSession(sessionId: string): void {
    for (const { watcher } of [...this.#watched]) if (watcher.sessionId === sessionId) watcher.end();
  }

  /** Ends every stream; for shutdown. */
  close(): void {
    for (const { watcher } of [...this.#watched]) watcher.end();
  }

  get size(): number {
    return this.#watched.size;
  }
}

const serversOf = ({ workspace, only }: View): UpstreamServer[] => (only ? [only] : workspace.servers);

/** How the client knows a resource that changed: as it subscribed to it, or as a part of one that it subscribed to. */
function exposedOf(subscriptions: Subscription[], serverId: string, uri: string): string | null {
  const own = subscriptions.filter((subscription) => subscription.serverId === serverId);
  const exact = own.find((subscription) => subscription.uri === uri);
  if (exact) return exact.exposed;
  const within = own.find((subscription) => uri.startsWith(`${subscription.uri.replace(/\/$/, "")}/`));
  return within ? within.exposed.replace(/\/$/, "") + uri.slice(within.uri.replace(/\/$/, "").length) : null;
}
