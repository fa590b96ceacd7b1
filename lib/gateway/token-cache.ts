import { hashToken, isWellFormed } from "@/lib/crypto/token";
import { LIMITS } from "@/lib/limits";
import { BoundedMap } from "./bounded-map";
import type { Directory, Principal } from "./ports";
import { orUnavailable } from "./unavailable";

interface Entry {
  readAt: number;
  principal: Promise<Principal | null>;
}

/**
 * Tokens looked up by hash, at most `LIMITS.tokenCacheMs` old: that bound is how long a revoked token can still work
 * on any node. Many requests of one moment share one read.
 */
export class TokenCache {
  readonly #entries = new BoundedMap<string, Entry>(10_000);
  readonly #hashes = new BoundedMap<string, string>(10_000);
  constructor(
    private readonly directory: Pick<Directory, "findToken">,
    private readonly now: () => number,
  ) {}

  /** Makes the next look-up of every token read anew. */
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
    if (this.#entries.get(hash)) this.#hashes.set(token, hash);
    return hash;
  }

  /** @throws UnavailableError when the database is down */
  find(hash: string): Promise<Principal | null> {
    const cached = this.#entries.get(hash);
    if (cached && this.now() - cached.readAt < LIMITS.tokenCacheMs) return cached.principal;
    const entry: Entry = { readAt: this.now(), principal: orUnavailable(this.directory.findToken(hash)) };
    this.#entries.set(hash, entry);
    entry.principal.catch(() => this.#entries.drop(hash, entry));
    return entry.principal;
  }
}
