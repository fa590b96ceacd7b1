import { LIMITS } from "@/lib/limits";
import { errorFields, type Log } from "@/lib/log";
import { type ListedItem, listPrompts, listResources, listTemplates } from "@/lib/mcp/list-all";
import { type Era, MODERN_VERSION } from "@/lib/mcp/protocol";
import type { UpstreamInfo, UpstreamSession } from "@/lib/mcp/upstream";
import { BoundedMap } from "./bounded-map";
import { maySee } from "./may-see";
import type { Principal, UpstreamServer, WorkspaceSnapshot } from "./ports";
import { isPersonal, recipeOf } from "./recipe";
import type { OfferNews, View } from "./scope";
import type { OfferKind } from "./show-offer";
import type { UpstreamPool } from "./upstream-pool";
import { fitsTemplate, splitUri } from "./uris";

const RETRY_MS = 5_000; // a server that was down is asked again this soon

/** What one server offers besides tools, as it said last. */
export interface ServerOffers extends Record<OfferKind, ListedItem[]> {
  readAt: number;
  /** Of the last read that succeeded; an old list is better than none. */
  ok: boolean;
  info: UpstreamInfo | null;
  /** Differ whenever the lists do, within this process. */
  revisions: { prompts: number; resources: number };
}

type Whose = Pick<Principal, "memberId" | "toolScope">;
type Seen = Pick<View, "workspace" | "only">;

/**
 * Keeps each server's prompts, resources and templates (at most `LIMITS.toolsCacheMs` old). As with tools, a server that is
 * down or slow costs at most `LIMITS.listMs` and keeps its last lists, and many who ask share one read. Where a server takes
 * members' own values each member has lists of their own. Hosted servers have tools only.
 */
export class Offers implements OfferNews {
  readonly #live = new BoundedMap<string, ServerOffers>(5_000);
  readonly #reading = new Map<string, Promise<void>>();
  #revision = 0;
  constructor(
    private readonly pool: UpstreamPool,
    private readonly now: () => number,
    private readonly log: Log,
  ) {}

  /** Servers of the view that this member sees prompts and resources of. */
  serversOf({ workspace, only }: Seen, { toolScope }: Pick<Principal, "toolScope">): UpstreamServer[] {
    const servers = only ? [only] : workspace.servers;
    return toolScope === null ? servers : servers.filter((server) => maySee(toolScope, server));
  }

  /** What is known of one server's offers; null: it was never asked. */
  of(server: UpstreamServer, memberId: string): ServerOffers | null {
    return this.#live.get(this.pool.fingerprintOf(server, memberId)) ?? null;
  }

  /** What the server said of itself when it was last read here. */
  infoOf(server: UpstreamServer, memberId: string): UpstreamInfo | null {
    return this.of(server, memberId)?.info ?? null;
  }

  /** What the server can, by its own word: now, or when it was last probed. Null: nobody ever asked. */
  capabilitiesOf(server: UpstreamServer, memberId: string): Record<string, unknown> | null {
    if (server.hosted) return { tools: {} };
    return this.infoOf(server, memberId)?.capabilities ?? server.capabilities;
  }

  /** Which family of revisions a server speaks: now, or when it was last probed. Null: nobody ever asked. */
  eraOf(server: UpstreamServer, memberId: string): Era | null {
    const info = this.infoOf(server, memberId);
    if (!info) return server.era;
    return info.protocolVersion === MODERN_VERSION ? "modern" : "legacy";
  }

  /** Asks every server of the view whose lists are not fresh. Never rejects. */
  async fresh(view: Seen, principal: Whose): Promise<void> {
    await this.#readAll(view, principal, LIMITS.toolsCacheMs);
  }

  /** As `fresh`, but only where nothing is known yet. */
  async freshen(view: View, principal: Principal): Promise<void> {
    await this.#readAll(view, principal, Number.POSITIVE_INFINITY);
  }

  async refresh(server: UpstreamServer, workspace: WorkspaceSnapshot, memberId: string): Promise<void> {
    const known = this.of(server, memberId);
    if (!known) return;
    const key = this.pool.fingerprintOf(server, memberId);
    await this.#reading.get(key); // began before the change, perhaps
    await this.#start(key, server, workspace, memberId);
  }

  marks(view: View, principal: Principal): { prompts: string | null; resources: string | null } {
    const marks = { prompts: "", resources: "" };
    for (const server of this.serversOf(view, principal)) {
      const offers = this.of(server, principal.memberId);
      if (!offers && this.#isAskable(server, view.workspace, principal.memberId)) {
        // Whoever watches will want to know what changes from now on.
        void this.freshen(view, principal);
        return { prompts: null, resources: null };
      }
      marks.prompts += `${server.slug}:${offers?.revisions.prompts ?? 0},`;
      marks.resources += `${server.slug}:${offers?.revisions.resources ?? 0},`;
    }
    return marks;
  }

  ownerOf(view: Seen, exposed: string): { server: UpstreamServer; uri: string } | null {
    const split = splitUri(view, exposed);
    if (split) return split;
    const servers = view.workspace.servers.filter((server) => this.#owns(server, exposed));
    const [server] = servers;
    return server && servers.length === 1 ? { server, uri: exposed } : null;
  }

  #owns(server: UpstreamServer, uri: string): boolean {
    const offers = this.#live.get(this.pool.fingerprintOf(server, null));
    if (!offers) return false;
    return (
      offers.resources.some(({ key }) => key === uri) ||
      offers.resourceTemplates.some(({ key }) => fitsTemplate(key, uri))
    );
  }

  /** A hosted server has nothing to be asked for, and one that wants a member's own value needs it. */
  #isAskable(server: UpstreamServer, workspace: WorkspaceSnapshot, memberId: string): boolean {
    if (server.hosted) return false;
    return !isPersonal(server) || recipeOf(server, workspace, memberId).missing.length === 0;
  }

  async #readAll(view: Seen, principal: Whose, maxAgeMs: number): Promise<void> {
    const { workspace } = view;
    const { memberId } = principal;
    const reads: Promise<void>[] = [];
    for (const server of this.serversOf(view, principal)) {
      if (!this.#isAskable(server, workspace, memberId)) continue;
      const key = this.pool.fingerprintOf(server, memberId);
      const live = this.#live.get(key);
      if (live && this.now() - live.readAt < (live.ok ? maxAgeMs : RETRY_MS)) continue;
      reads.push(this.#reading.get(key) ?? this.#start(key, server, workspace, memberId));
    }
    if (reads.length === 0) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LIMITS.listMs);
    });
    await Promise.race([Promise.all(reads), deadline]);
    clearTimeout(timer);
  }

  #start(key: string, server: UpstreamServer, workspace: WorkspaceSnapshot, memberId: string): Promise<void> {
    const reading = this.pool
      .session(server, workspace, { id: "catalogue", memberId })
      .then(async (session) => this.#take(key, server, { info: session.info, lists: await readLists(session) }))
      .catch((error: unknown) => {
        this.log.warn("gateway.offers_failed", {
          workspace: workspace.slug,
          server: server.slug,
          ...errorFields(error),
        });
        this.#take(key, server, null);
      })
      .finally(() => {
        if (this.#reading.get(key) === reading) this.#reading.delete(key);
      });
    this.#reading.set(key, reading);
    return reading;
  }

  /** @param read null where it failed: the last lists stand in */
  #take(key: string, server: UpstreamServer, read: { info: UpstreamInfo; lists: Lists } | null): void {
    const before = this.#live.get(key);
    const lists = read?.lists ?? before ?? NO_LISTS;
    const next = (kinds: OfferKind[], revision: number) =>
      kinds.every((kind) => isSame(before?.[kind] ?? [], lists[kind])) ? revision : ++this.#revision;
    const offers: ServerOffers = {
      prompts: lists.prompts,
      resources: lists.resources,
      resourceTemplates: lists.resourceTemplates,
      readAt: this.now(),
      ok: read !== null,
      info: read?.info ?? before?.info ?? null,
      revisions: {
        prompts: next(["prompts"], before?.revisions.prompts ?? 0),
        resources: next(["resources", "resourceTemplates"], before?.revisions.resources ?? 0),
      },
    };
    this.#live.set(key, offers);
    // Whose resource a bare URI names is looked up without a member: by what anybody saw last.
    const shared = this.pool.fingerprintOf(server, null);
    if (shared !== key && read) this.#live.set(shared, offers);
  }
}

type Lists = Record<OfferKind, ListedItem[]>;
const NO_LISTS: Lists = { prompts: [], resources: [], resourceTemplates: [] };

async function readLists(session: UpstreamSession): Promise<Lists> {
  const { prompts: hasPrompts, resources: hasResources } = session.info.capabilities;
  const [prompts, resources, resourceTemplates] = await Promise.all([
    hasPrompts ? listPrompts(session, LIMITS.probeMs) : [],
    hasResources ? listResources(session, LIMITS.probeMs) : [],
    hasResources ? listTemplates(session, LIMITS.probeMs) : [],
  ]);
  return { prompts, resources, resourceTemplates };
}

const isSame = (a: ListedItem[], b: ListedItem[]): boolean =>
  a.length === b.length && a.every(({ key, definition }, i) => key === b[i]?.key && definition === b[i]?.definition);
