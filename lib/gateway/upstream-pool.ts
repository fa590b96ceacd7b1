import type { MasterKeys } from "@/lib/crypto/master-keys";
import type { CryptoPort } from "@/lib/crypto/port";
import { LIMITS } from "@/lib/limits";
import type { Era } from "@/lib/mcp/protocol";
import type { UpstreamTransport } from "@/lib/mcp/transport";
import { type ClientProfile, openUpstream, type UpstreamSession, type UpstreamTarget } from "@/lib/mcp/upstream";
import { BoundedMap } from "./bounded-map";
import { Breakers } from "./breaker";
import { contextHeaders, FunctionFailure, functionTransport, runtimeUrl } from "./functions";
import { inject } from "./inject";
import type { FunctionsPort, UpstreamServer, WorkspaceSnapshot } from "./ports";
import { isPersonal } from "./recipe";

const IDLE_MS = 5 * 60_000;
const SWEEP_MS = 60_000;
/** A server that became modern still serves older sessions, so what is known of it must be asked again some day. */
const VERDICT_MS = 24 * 3_600_000;
const UNSURE_MS = 3_600_000;

interface Entry {
  session: Promise<UpstreamSession>;
  /** The same, once it is open. */
  open?: UpstreamSession;
  usedAt: number;
}

/** Of which era a server is; `era` null: to be found out by the next session. */
interface Verdict {
  era: Era | null;
  /** When it was begun; sessions of one verdict share it as a part of their keys. */
  since: number;
  until: number;
}

/**
 * Who asks: a client's session, or the token (or grant) of one without, or `catalogue` for lists; with that member's
 * values where the server takes such.
 */
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
 * Open sessions with upstreams, one for each owner, server and set of capabilities, so that two members never share
 * upstream state. Where a server takes members' own values the member is part of the key even of a list's session.
 * A changed server or secret is another key, and so is a server's era once it is asked anew; the old session falls out
 * when idle.
 */
export class UpstreamPool {
  readonly #entries = new BoundedMap<string, Entry>(2_000, (entry) => close(entry));
  #sweptAt = 0;
  readonly #breakers: Breakers;
  readonly #verdicts = new BoundedMap<string, Verdict>(5_000);
  readonly #fingerprints = new WeakMap<UpstreamServer, BoundedMap<string, string>>();
  constructor(
    private readonly transport: UpstreamTransport,
    private readonly keys: MasterKeys,
    private readonly crypto: CryptoPort,
    private readonly now: () => number,
    private readonly functions: FunctionsPort | null,
  ) {
    this.#breakers = new Breakers(now);
  }

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
   * @param profile what the server is told of the client; none: a client without any capability
   * @throws UpstreamError, MissingSecretError
   */
  async session(
    server: UpstreamServer,
    snapshot: WorkspaceSnapshot,
    owner: PoolOwner,
    profile?: ClientProfile,
  ): Promise<UpstreamSession> {
    const verdict = this.#verdictOf(server);
    const capabilities = JSON.stringify(profile?.capabilities ?? {});
    const key = `${owner.id}|${this.fingerprintOf(server, owner.memberId)}|${verdict.since}|${capabilities}`;
    const known = this.#entries.get(key);
    if (known) {
      known.usedAt = this.now();
      const session = await known.session;
      if (!session.closed) return session;
      this.#entries.drop(key, known);
    }
    const entry: Entry = { session: this.#open(server, snapshot, owner, verdict, profile), usedAt: this.now() };
    this.#entries.set(key, entry);
    entry.session.then(
      (session) => {
        entry.open = session;
      },
      () => this.#entries.drop(key, entry),
    );
    return entry.session;
  }

  /** Closes all sessions of one owner: its client has ended its own. */
  drop(ownerId: string): void {
    for (const [key, entry] of [...this.#entries.entries()])
      if (key.startsWith(`${ownerId}|`)) this.#entries.drop(key, entry);
  }

  /** Sends a notification to every session of one owner. */
  tell(ownerId: string, method: string): void {
    for (const [key, entry] of this.#entries.entries())
      if (key.startsWith(`${ownerId}|`))
        entry.session.then(
          (session) => session.notify(method),
          () => undefined,
        );
  }

  /** What is known of a server's era: by its last session here, at first by its last test. */
  #verdictOf(server: UpstreamServer): Verdict {
    const key = this.fingerprintOf(server, null);
    const known = this.#verdicts.get(key);
    if (known && this.now() < known.until) return known;
    const since = this.now();
    const fresh = { era: known ? null : server.era, since, until: since + VERDICT_MS };
    this.#verdicts.set(key, fresh);
    return fresh;
  }

  async #open(
    server: UpstreamServer,
    snapshot: WorkspaceSnapshot,
    owner: PoolOwner,
    verdict: Verdict,
    profile: ClientProfile | undefined,
  ): Promise<UpstreamSession> {
    const options = { deadlineMs: LIMITS.probeMs, era: verdict.era, profile };
    const transport = this.#breakers.around(this.fingerprintOf(server, owner.memberId), this.transport);
    const session = await (server.hosted
      ? this.#openHosted(server, snapshot, owner, options)
      : openUpstream(transport, this.#target(server, snapshot, owner), options));
    verdict.era = session.era;
    if (session.unsure) verdict.until = Math.min(verdict.until, this.now() + UNSURE_MS);
    return session;
  }

  #target(server: UpstreamServer, snapshot: WorkspaceSnapshot, owner: PoolOwner): UpstreamTarget {
    const headers = async () => (await inject(server, snapshot, owner.memberId, this.keys, this.crypto)).headers;
    return { url: server.url, transport: server.transport, headers };
  }

  #openHosted(
    server: UpstreamServer,
    snapshot: WorkspaceSnapshot,
    owner: PoolOwner,
    options: Parameters<typeof openUpstream>[2],
  ): Promise<UpstreamSession> {
    if (!this.functions) throw new FunctionFailure("engine_unavailable");
    const headers = contextHeaders(server, snapshot.id, { call: "open", memberId: owner.memberId });
    const target: UpstreamTarget = { url: runtimeUrl(this.functions), transport: "streamable-http", headers };
    return openUpstream(functionTransport(this.functions), target, options);
  }

  /** Closes what nobody used for five minutes and nobody waits for (a held call may take ten); looks at most once a minute. */
  sweepIfDue(): void {
    if (this.now() - this.#sweptAt < SWEEP_MS) return;
    this.#sweptAt = this.now();
    for (const [key, entry] of [...this.#entries.entries()])
      if (this.now() - entry.usedAt > IDLE_MS && !entry.open?.busy) this.#entries.drop(key, entry);
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
