import { hashToken, isWellFormed } from "@/lib/crypto/token";
import { LIMITS } from "@/lib/limits";
import { BoundedMap } from "./bounded-map";
import type { ChangeFeed } from "./change-feed";
import type { Directory, Principal } from "./ports";
import { orUnavailable } from "./unavailable";

/** However often polls vouch for it, a principal is read anew after this long: for changes that no version tells of. */
const MAX_AGE_MS = 5 * 60_000;
const NOBODY = Promise.resolve(null);

/** What leads to a principal: a token's hash, or the grant that a verified access token names. */
export interface Credential {
  kind: "token" | "grant";
  key: string;
  /** When the presented access token itself ends, ms UTC; null for workspace tokens, whose end the principal holds. */
  expiresAt: number | null;
}

interface Entry {
  readAt: number;
  principal: Promise<Principal | null>;
  /** What was read, once it was. */
  known?: Principal | null;
}

/**
 * Principals by credential. One may be used while its read, or the poll that last showed its workspace's access
 * unchanged, began less than `LIMITS.tokenCacheMs` ago: so a revoked credential ends everywhere within that bound, and
 * steady use reads nothing. Many requests of one moment share one read.
 */
export class Principals {
  readonly #entries = new BoundedMap<string, Entry>(10_000);
  readonly #hashes = new BoundedMap<string, string>(10_000);
  constructor(
    private readonly directory: Pick<Directory, "findToken" | "findGrant">,
    private readonly feed: Pick<ChangeFeed, "use" | "seen">,
    private readonly now: () => number,
  ) {}

  /** Makes the next look-up of every credential read anew. */
  forget(): void {
    this.#entries.clear();
  }

  /** The hash of a well-formed token, else null: what fails the checksum costs neither a hash nor a read. */
  async hashOf(token: string): Promise<string | null> {
    const known = this.#hashes.get(token);
    if (known !== undefined) return known;
    if (!isWellFormed(token, "mwt")) return null;
    const hash = await hashToken(token);
    // Only tokens that exist are remembered, so a flood of made-up ones cannot push real ones out.
    if (this.#entries.get(`token:${hash}`)?.known) this.#hashes.set(token, hash);
    return hash;
  }

  /** Null for whoever may not come in (any more). @throws UnavailableError when the database is down */
  find({ kind, key, expiresAt }: Credential): Promise<Principal | null> {
    const now = this.now();
    if (expiresAt !== null && expiresAt <= now) return NOBODY;
    const name = `${kind}:${key}`;
    const cached = this.#entries.get(name);
    if (cached && this.#holds(cached, now)) {
      return cached.known?.expiresAt != null && cached.known.expiresAt <= now ? NOBODY : cached.principal;
    }
    const reading = kind === "token" ? this.directory.findToken(key) : this.directory.findGrant(key);
    const entry: Entry = { readAt: now, principal: orUnavailable(reading) };
    this.#entries.set(name, entry);
    entry.principal.then(
      (principal) => {
        entry.known = principal;
        if (principal) this.feed.use(principal.workspaceId);
      },
      () => this.#entries.drop(name, entry),
    );
    return entry.principal;
  }

  #holds(entry: Entry, now: number): boolean {
    const age = now - entry.readAt;
    const { known } = entry;
    if (!known) return age < LIMITS.tokenCacheMs;
    this.feed.use(known.workspaceId);
    const seen = this.feed.seen(known.workspaceId);
    if (!seen || seen.accessVersion < known.accessVersion) return age < LIMITS.tokenCacheMs;
    if (seen.accessVersion > known.accessVersion) return false;
    if (seen.version > known.workspaceVersion) {
      entry.known = { ...known, workspaceVersion: seen.version };
      entry.principal = Promise.resolve(entry.known);
    }
    return age < LIMITS.tokenCacheMs || (now - seen.at < LIMITS.tokenCacheMs && age < MAX_AGE_MS);
  }
}
