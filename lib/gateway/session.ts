import { findMasterKey, type MasterKeys } from "@/lib/crypto/master-keys";
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
  /** ms UTC. */
  expiresAt: number;
}

const CONTEXT = "mcp-session";

/** Mints and opens sealed MCP session ids, each bound to the token that began it. */
export class Sessions {
  readonly #opened = new BoundedMap<string, Session>(5_000);
  /** Ended on this node; other nodes learn it from the token's next read. */
  readonly #ended = new BoundedMap<string, true>(5_000);
  constructor(
    private readonly keys: MasterKeys,
    private readonly now: () => number,
  ) {}

  async begin(
    principal: Principal,
    client: Pick<Session, "protocolVersion" | "clientName" | "clientVersion">,
  ): Promise<{ session: Session; sealed: string }> {
    const session: Session = {
      id: crypto.randomUUID(),
      tokenId: principal.tokenId,
      workspaceId: principal.workspaceId,
      ...client,
      expiresAt: this.now() + LIMITS.sessionMs,
    };
    return {
      session,
      sealed: `${this.keys.current.id}.${await sealJson(this.keys.current.session, CONTEXT, session)}`,
    };
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
    const dot = sealed.indexOf(".");
    const key = dot > 0 && sealed.length < 4_096 ? await findMasterKey(this.keys, sealed.slice(0, dot)) : undefined;
    if (!key) return null;
    const session = await openJson<Session>(key.session, CONTEXT, sealed.slice(dot + 1));
    if (session) this.#opened.set(sealed, session);
    return session;
  }

  end(session: Session): void {
    this.#ended.set(session.id, true);
  }
}
