import type { MasterKeys } from "@/lib/crypto/master-keys";
import { openJson, sealJson } from "@/lib/crypto/sealed-session";
import { LIMITS } from "@/lib/limits";
import { BoundedMap } from "./bounded-map";
import type { Principal } from "./ports";

/** What a session id says, sealed: no node stores sessions, any node can read one. */
export interface Session {
  id: string;
  tokenId: string;
  workspaceId: string;
  protocolVersion: string;
  clientName: string | null;
  clientVersion: string | null;
  /** What the client declared in `initialize`. */
  capabilities: Record<string, unknown>;
  /** Of an HTTP+SSE session: the node that holds its one stream. */
  node: string | null;
  /** ms UTC. */
  expiresAt: number;
}

/** What a client says of itself when it begins. */
export type Begun = Pick<Session, "protocolVersion" | "clientName" | "clientVersion" | "capabilities" | "node">;

/** The capabilities that `initialize` declares; none where the params hold no object of them. */
export function capabilitiesOf(params: Record<string, unknown> | undefined): Record<string, unknown> {
  const declared = params?.capabilities;
  return typeof declared === "object" && declared !== null ? (declared as Record<string, unknown>) : {};
}

const CONTEXT = "mcp-session";
const MAX_SEALED = 4_096; // what every server and proxy takes in one header
const MAX_CAPABILITIES = 1_500; // characters, so that the sealed text stays within that

/**
 * What a client declares as it fits into a session's id: whole, else without what is experimental, else the names of
 * what it can alone.
 */
export function fitting(capabilities: Record<string, unknown>): Record<string, unknown> {
  const fits = (value: unknown) => JSON.stringify(value).length <= MAX_CAPABILITIES;
  if (fits(capabilities)) return capabilities;
  const { experimental: _, ...rest } = capabilities;
  if (fits(rest)) return rest;
  const known = ["elicitation", "roots", "sampling"].filter((name) => Object.hasOwn(rest, name));
  return Object.fromEntries(known.map((name) => [name, {}]));
}

/** Mints and opens sealed MCP session ids, each bound to the token that began it. */
export class Sessions {
  readonly #opened = new BoundedMap<string, Session>(5_000);
  /** Ended on this node; other nodes learn it from the token's next read. */
  readonly #ended = new BoundedMap<string, true>(5_000);
  constructor(
    private readonly keys: MasterKeys,
    private readonly now: () => number,
  ) {}

  async begin(principal: Principal, client: Begun): Promise<{ session: Session; sealed: string }> {
    const session: Session = {
      id: crypto.randomUUID(),
      tokenId: principal.tokenId,
      workspaceId: principal.workspaceId,
      ...client,
      capabilities: fitting(client.capabilities),
      expiresAt: this.now() + LIMITS.sessionMs,
    };
    return { session, sealed: await sealJson(this.keys, CONTEXT, session) };
  }

  /** The session, or null when it is forged, expired, ended, or another token's. */
  async open(sealed: string, principal: Principal): Promise<Session | null> {
    const session = this.#opened.get(sealed) ?? (await this.#unseal(sealed));
    const valid =
      session !== null &&
      session.tokenId === principal.tokenId &&
      session.workspaceId === principal.workspaceId &&
      session.expiresAt > this.now() &&
      !this.#ended.get(session.id) &&
      !principal.endedSessions.includes(session.id);
    return valid ? session : null;
  }

  async #unseal(sealed: string): Promise<Session | null> {
    const opened = sealed.length < MAX_SEALED ? await openJson<Session>(this.keys, CONTEXT, sealed) : null;
    if (!opened) return null;
    // One that was begun before an update says neither.
    const session = { ...opened, capabilities: opened.capabilities ?? {}, node: opened.node ?? null };
    this.#opened.set(sealed, session);
    return session;
  }

  end(session: Session): void {
    this.#ended.set(session.id, true);
  }
}
