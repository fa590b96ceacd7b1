import type { MasterKeys } from "@/lib/crypto/master-keys";
import type { CryptoPort } from "@/lib/crypto/port";
import { LIMITS } from "@/lib/limits";
import type { UpstreamTransport } from "@/lib/mcp/transport";
import { openUpstream, type UpstreamSession, type UpstreamTarget } from "@/lib/mcp/upstream";
import { BoundedMap } from "./bounded-map";
import { contextHeaders, FunctionFailure, functionTransport, runtimeUrl } from "./functions";
import { inject } from "./inject";
import type { FunctionsPort, UpstreamServer, WorkspaceSnapshot } from "./ports";
import { isPersonal } from "./recipe";

const IDLE_MS = 5 * 60_000;
const SWEEP_MS = 60_000;

interface Entry {
  session: Promise<UpstreamSession>;
  usedAt: number;
}

/** Who asks: a token (or grant) of a member, or `catalogue` for lists, with that member's values where the server takes such. */
export interface PoolOwner {
  id: string;
  memberId: string | null;
}

/**
 * What makes two sessions with a server different: its address (or deployment), headers and the versions of its secrets,
 * of which only the shared ones and this member's count.
 */
function fingerprint(server: UpstreamServer, memberId: string | null): string {
  const secrets = server.secrets
    .filter((secret) => secret.memberId === null || secret.memberId === memberId)
    .map((secret) => `${secret.name}=${secret.version}@${secret.origin}${secret.memberId === null ? "" : "*"}`)
    .join(",");
  const headers = JSON.stringify([server.headers, server.secretModes, server.hosted]);
  return `${server.id}|${server.transport}|${server.url}|${headers}|${memberId ?? ""}|${secrets}`;
}

/**
 * Open sessions with upstreams, one for each token and server, so that two members never share upstream state. Where a
 * server takes members' own values the member is part of the key even of a list's session.
 * A changed server or secret is another key; the old session falls out when idle.
 */
export class UpstreamPool {
  readonly #entries = new BoundedMap<string, Entry>(2_000, (entry) => close(entry));
  #sweptAt = 0;
  readonly #fingerprints = new WeakMap<UpstreamServer, BoundedMap<string, string>>();
  constructor(
    private readonly transport: UpstreamTransport,
    private readonly keys: MasterKeys,
    private readonly crypto: CryptoPort,
    private readonly now: () => number,
    private readonly functions: FunctionsPort | null,
  ) {}

  /** @param memberId counts only where the server takes members' own values */
  fingerprintOf(server: UpstreamServer, memberId: string | null): string {
    const member = isPersonal(server) ? memberId : null;
    const ofServer = this.#fingerprints.get(server) ?? new BoundedMap<string, string>(1_000);
    this.#fingerprints.set(server, ofServer);
    const known = ofServer.get(member ?? "") ?? fingerprint(server, member);
    ofServer.set(member ?? "", known);
    return known;
  }

  /**
   * The session of `owner` with a server. Headers are injected anew for each request.
   * @throws UpstreamError, MissingSecretError
   */
  async session(server: UpstreamServer, snapshot: WorkspaceSnapshot, owner: PoolOwner): Promise<UpstreamSession> {
    const key = `${owner.id}|${this.fingerprintOf(server, owner.memberId)}`;
    const known = this.#entries.get(key);
    if (known) {
      known.usedAt = this.now();
      const session = await known.session;
      if (!session.closed) return session;
      this.#entries.drop(key, known);
    }
    const entry: Entry = { session: this.#open(server, snapshot, owner), usedAt: this.now() };
    this.#entries.set(key, entry);
    entry.session.catch(() => this.#entries.drop(key, entry));
    return entry.session;
  }

  async #open(server: UpstreamServer, snapshot: WorkspaceSnapshot, owner: PoolOwner): Promise<UpstreamSession> {
    const options = { deadlineMs: LIMITS.probeMs };
    if (server.hosted) {
      if (!this.functions) throw new FunctionFailure("engine_unavailable");
      const headers = contextHeaders(server, snapshot.id, { call: "open", memberId: owner.memberId });
      const target: UpstreamTarget = { url: runtimeUrl(this.functions), transport: "streamable-http", headers };
      return openUpstream(functionTransport(this.functions), target, options);
    }
    const headers = async () => (await inject(server, snapshot, owner.memberId, this.keys, this.crypto)).headers;
    return openUpstream(this.transport, { url: server.url, transport: server.transport, headers }, options);
  }

  /** Closes what nobody used for five minutes; looks at most once a minute. */
  sweepIfDue(): void {
    if (this.now() - this.#sweptAt < SWEEP_MS) return;
    this.#sweptAt = this.now();
    for (const [key, entry] of [...this.#entries.entries()])
      if (this.now() - entry.usedAt > IDLE_MS) this.#entries.drop(key, entry);
  }

  close(): void {
    this.#entries.clear();
  }
}

function close(entry: Entry): void {
  entry.session.then(
    (session) => session.close(),
    () => undefined,
  );
}
