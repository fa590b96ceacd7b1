import { LIMITS } from "@/lib/limits";
import { errorFields, type Log } from "@/lib/log";
import { listTools } from "@/lib/mcp/list-tools";
import { BoundedMap } from "./bounded-map";
import type { Directory, ServerTool, UpstreamServer, WorkspaceSnapshot } from "./ports";
import { isPersonal, recipeOf } from "./recipe";
import type { View } from "./scope";
import { composeToolset, type Toolset } from "./toolset";
import type { UpstreamPool } from "./upstream-pool";

type Wanted = Pick<View, "workspace" | "only">;

/** Definition of a tool that is gone while an admin's name or text for it is remembered. */
const GONE = "{}";
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
  /** By server id for single-server views; under the empty text the composed one. */
  readonly #composed = new WeakMap<WorkspaceSnapshot, Map<string, { key: string; toolset: Toolset }>>();
  constructor(
    private readonly pool: UpstreamPool,
    private readonly directory: Pick<Directory, "saveTools">,
    private readonly now: () => number,
    private readonly defer: (work: Promise<unknown>) => void,
    private readonly log: Log,
  ) {}

  /** The view's tools after asking each of its servers whose list is not fresh. */
  async fresh(view: Wanted, memberId: string): Promise<Toolset> {
    await Promise.all(serversOf(view).map((server) => this.#read(server, view.workspace, memberId)));
    return this.known(view);
  }

  /** As `fresh`, but asks one server only; for a call of a tool that is not known yet. */
  async freshFor(server: UpstreamServer, view: Wanted, memberId: string): Promise<Toolset> {
    await this.#read(server, view.workspace, memberId);
    return this.known(view);
  }

  /** The view's tools from what is known now; asks nobody. */
  known(view: Wanted): Toolset {
    const servers = serversOf(view);
    const lists = servers.map((server) => this.#live.get(this.pool.fingerprintOf(server, null)));
    const key = lists.map((list) => list?.readAt ?? 0).join();
    const ofWorkspace = this.#composed.get(view.workspace) ?? new Map<string, { key: string; toolset: Toolset }>();
    this.#composed.set(view.workspace, ofWorkspace);
    const cached = ofWorkspace.get(view.only?.id ?? "");
    if (cached?.key === key) return cached.toolset;
    const toolset = composeToolset(
      view,
      servers.map((server, i) => ({ server, tools: merge(server.tools, lists[i]?.tools ?? null) })),
    );
    ofWorkspace.set(view.only?.id ?? "", { key, toolset });
    return toolset;
  }

  /** Reads one server's list now, however fresh the known one is: the server said that it changed. Never rejects. */
  async refresh(server: UpstreamServer, workspace: WorkspaceSnapshot, memberId: string): Promise<void> {
    if (server.hosted) return;
    const key = this.pool.fingerprintOf(server, null);
    await this.#reading.get(key); // begun before the change, perhaps
    await (this.#reading.get(key) ?? this.#start(key, server, workspace, memberId));
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

const serversOf = ({ workspace, only }: Wanted): UpstreamServer[] => (only ? [only] : workspace.servers);

/** Live definitions with what admins decided about them; a tool never seen before is on, under its own name. */
function merge(stored: ServerTool[], live: LiveList["tools"]): ServerTool[] {
  if (!live) return stored;
  const known = new Map(stored.map((tool) => [tool.name, tool]));
  const listed = new Set(live.map((tool) => tool.name));
  return [
    ...live.map((tool) => {
      const { enabled = true, alias = null, description = null } = known.get(tool.name) ?? {};
      return { ...tool, enabled, alias, description };
    }),
    // What is only remembered still holds its name.
    ...stored.filter((tool) => (!tool.enabled || tool.definition === GONE) && !listed.has(tool.name)),
  ];
}

/** Another member may see what this one does not, so nothing that is stored goes away. */
function withStored(stored: ServerTool[], live: { name: string; definition: string }[]) {
  const listed = new Set(live.map((tool) => tool.name));
  return [...live, ...stored.filter((tool) => !listed.has(tool.name) && tool.definition !== GONE)];
}

/** Whether a live list is news. A tool that is only remembered (switched off, or named by an admin, and gone) is none. */
function differs(stored: ServerTool[], live: { name: string; definition: string }[]): boolean {
  const listed = new Set(live.map((tool) => tool.name));
  const known = new Map(
    stored
      .filter((tool) => (tool.enabled && tool.definition !== GONE) || listed.has(tool.name))
      .map((tool) => [tool.name, tool.definition]),
  );
  return known.size !== live.length || live.some((tool) => known.get(tool.name) !== tool.definition);
}
