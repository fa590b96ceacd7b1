import { LIMITS } from "@/lib/limits";
import { errorFields, type Log } from "@/lib/log";
import { listTools } from "@/lib/mcp/list-tools";
import { BoundedMap } from "./bounded-map";
import type { Directory, ServerTool, UpstreamServer, WorkspaceSnapshot } from "./ports";
import { isPersonal, recipeOf } from "./recipe";
import { composeToolset, type Toolset } from "./toolset";
import type { UpstreamPool } from "./upstream-pool";

const RETRY_MS = 5_000; // a server that was down is asked again this soon

interface LiveList {
  readAt: number;
  /** Null after a failed read: the last known tools stand in. */
  tools: { name: string; definition: string }[] | null;
}

/**
 * Keeps each server's live list (at most `LIMITS.toolsCacheMs` old) and composes them. A server that is down or slow
 * costs at most `LIMITS.listMs` and is listed with its last known tools. What a live read newly shows is stored, which
 * raises the workspace's version and so reaches every node and every connected client. A server that takes members' own
 * values is read with those of whoever asks first, and what it lists only adds: members share the list, not their sight.
 * A hosted server is not asked: its tools were pinned when it was deployed.
 */
export class Toolsets {
  readonly #live = new BoundedMap<string, LiveList>(5_000);
  readonly #reading = new Map<string, Promise<LiveList>>();
  readonly #composed = new WeakMap<WorkspaceSnapshot, { key: string; toolset: Toolset }>();
  constructor(
    private readonly pool: UpstreamPool,
    private readonly directory: Pick<Directory, "saveTools">,
    private readonly now: () => number,
    private readonly defer: (work: Promise<unknown>) => void,
    private readonly log: Log,
  ) {}

  /** The composed list after asking every server whose list is not fresh. */
  async fresh(snapshot: WorkspaceSnapshot, memberId: string): Promise<Toolset> {
    await Promise.all(snapshot.servers.map((server) => this.#read(server, snapshot, memberId)));
    return this.known(snapshot);
  }

  /** As `fresh`, but asks one server only; for a call of a tool that is not known yet. */
  async freshFor(server: UpstreamServer, snapshot: WorkspaceSnapshot, memberId: string): Promise<Toolset> {
    await this.#read(server, snapshot, memberId);
    return this.known(snapshot);
  }

  /** The composed list from what is known now; asks nobody. */
  known(snapshot: WorkspaceSnapshot): Toolset {
    const lists = snapshot.servers.map((server) => this.#live.get(this.pool.fingerprintOf(server, null)));
    const key = lists.map((list) => list?.readAt ?? 0).join();
    const cached = this.#composed.get(snapshot);
    if (cached?.key === key) return cached.toolset;
    const toolset = composeToolset(
      snapshot.servers.map((server, i) => ({ server, tools: merge(server.tools, lists[i]?.tools ?? null) })),
    );
    this.#composed.set(snapshot, { key, toolset });
    return toolset;
  }

  async #read(server: UpstreamServer, snapshot: WorkspaceSnapshot, memberId: string): Promise<void> {
    if (server.hosted) return; // its deployment's tools are what it has
    if (isPersonal(server) && recipeOf(server, snapshot, memberId).missing.length > 0) return; // nothing to ask it with
    const key = this.pool.fingerprintOf(server, null);
    const live = this.#live.get(key);
    if (live && this.now() - live.readAt < (live.tools ? LIMITS.toolsCacheMs : RETRY_MS)) return;
    const reading = this.#reading.get(key) ?? this.#start(key, server, snapshot, memberId);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LIMITS.listMs);
    });
    await Promise.race([reading, deadline]);
    clearTimeout(timer);
  }

  #start(key: string, server: UpstreamServer, snapshot: WorkspaceSnapshot, memberId: string): Promise<LiveList> {
    const reading = this.pool
      .session(server, snapshot, { id: "catalogue", memberId })
      .then((session) => listTools(session, LIMITS.probeMs))
      .then((tools) => (isPersonal(server) ? withStored(server.tools, tools) : tools))
      .catch((error: unknown) => {
        this.log.warn("gateway.list_failed", { workspace: snapshot.slug, server: server.slug, ...errorFields(error) });
        return null;
      })
      .then((tools) => {
        const list = { readAt: this.now(), tools };
        this.#live.set(key, list);
        this.#reading.delete(key);
        if (tools && differs(server.tools, tools)) {
          this.defer(
            this.directory.saveTools(snapshot.id, server.id, tools).catch((error: unknown) => {
              this.log.warn("gateway.save_tools_failed", { server: server.slug, ...errorFields(error) });
            }),
          );
        }
        return list;
      });
    this.#reading.set(key, reading);
    return reading;
  }
}

/** Live definitions with the admin's switches; a tool never seen before is on. */
function merge(stored: ServerTool[], live: LiveList["tools"]): ServerTool[] {
  if (!live) return stored;
  const off = new Set(stored.filter((tool) => !tool.enabled).map((tool) => tool.name));
  return live.map((tool) => ({ ...tool, enabled: !off.has(tool.name) }));
}

/** Another member may see what this one does not, so nothing that is stored goes away. */
function withStored(stored: ServerTool[], live: { name: string; definition: string }[]) {
  const listed = new Set(live.map((tool) => tool.name));
  return [...live, ...stored.filter((tool) => !listed.has(tool.name))];
}

/** Whether a live list is news. A switched-off tool that its server no longer lists stays stored, and is none. */
function differs(stored: ServerTool[], live: { name: string; definition: string }[]): boolean {
  const listed = new Set(live.map((tool) => tool.name));
  const known = new Map(
    stored.filter((tool) => tool.enabled || listed.has(tool.name)).map((tool) => [tool.name, tool.definition]),
  );
  return known.size !== live.length || live.some((tool) => known.get(tool.name) !== tool.definition);
}
