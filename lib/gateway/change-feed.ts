import { LIMITS } from "@/lib/limits";
import { errorFields, type Log } from "@/lib/log";
import { BoundedMap } from "./bounded-map";
import type { Directory } from "./ports";

const IDLE_MS = 60_000; // a workspace that nobody used for so long leaves the polls
const STUCK_MS = 5_000; // a poll without an answer for so long is given up
const STALLED_MS = 1_000; // a timer that did not run for so long (frozen between requests) is set anew

/** A workspace's versions as the newest good poll showed them; one that is gone has infinite ones. */
export interface Seen {
  version: number;
  accessVersion: number;
  /** When that poll began, ms UTC: what it shows is at least as new. */
  at: number;
}

/**
 * Learns what changed elsewhere by one cheap read every `LIMITS.pollMs` for all workspaces in use together. It only
 * ever vouches for what it saw: where polls fail or timers do not run, `at` grows old and its users read for themselves.
 */
export class ChangeFeed {
  readonly #used = new BoundedMap<string, number>(10_000, (_at, id) => this.#seen.delete(id));
  readonly #seen = new Map<string, Seen>();
  #timer: ReturnType<typeof setInterval> | null = null;
  #tickedAt = Number.NEGATIVE_INFINITY;
  #poll: { began: number } | null = null;
  #failing = false;
  #closed = false;
  /** @param changed runs after a poll that showed anything new */
  constructor(
    private readonly directory: Pick<Directory, "readVersions">,
    private readonly now: () => number,
    private readonly changed: () => void,
    private readonly log: Log,
  ) {}

  /** Takes a workspace into the polls of the next minute. */
  use(workspaceId: string): void {
    const now = this.now();
    this.#used.set(workspaceId, now);
    if (this.#closed || (this.#timer !== null && now - this.#tickedAt < STALLED_MS)) return;
    this.#stop();
    this.#tickedAt = now;
    this.#timer = setInterval(() => void this.poll(), LIMITS.pollMs);
  }

  seen(workspaceId: string): Seen | undefined {
    return this.#seen.get(workspaceId);
  }

  async poll(): Promise<void> {
    const began = this.now();
    this.#tickedAt = began;
    for (const [id, at] of [...this.#used.entries()]) if (began - at > IDLE_MS) this.#used.drop(id);
    if (this.#used.size === 0) return this.#stop();
    if (this.#poll && began - this.#poll.began < STUCK_MS) return;
    const poll = { began };
    this.#poll = poll;
    try {
      const ids = [...this.#used.entries()].map(([id]) => id);
      const rows = await this.directory.readVersions(ids);
      if (this.#poll !== poll || this.#closed) return;
      this.#failing = false;
      this.#take(ids, rows, began);
    } catch (error) {
      if (!this.#failing) this.log.warn("gateway.poll_failed", errorFields(error));
      this.#failing = true;
    } finally {
      if (this.#poll === poll) this.#poll = null;
    }
  }

  #take(ids: string[], rows: Awaited<ReturnType<Directory["readVersions"]>>, at: number): void {
    const byId = new Map(rows.map((row) => [row.id, row]));
    let news = false;
    for (const id of ids) {
      const gone = { version: Number.POSITIVE_INFINITY, accessVersion: Number.POSITIVE_INFINITY };
      const { version, accessVersion } = byId.get(id) ?? gone;
      const before = this.#seen.get(id);
      news ||= before?.version !== version || before.accessVersion !== accessVersion;
      this.#seen.set(id, { version, accessVersion, at });
    }
    if (news) this.changed();
  }

  #stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Ends the polls for good. */
  close(): void {
    this.#closed = true;
    this.#stop();
  }

  get running(): boolean {
    return this.#timer !== null;
  }
}
