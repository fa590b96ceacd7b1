import { serialize } from "./protocol";
import type { EmbeddedSession } from "./session";

const MAX_STATEMENTS = 200;

interface Entry {
  name: string;
  /** The session's count of what makes prepared statements void, as of when this one was made. */
  era: number;
}

/**
 * Keeps the plans of `/sql` statements that come again: measured, parsing and planning cost as much as a small write
 * does. A statement is kept from its second use on; the one used longest ago goes.
 */
export class StatementCache {
  readonly #seen = new Set<string>();
  readonly #kept = new Map<string, Entry>();
  #count = 0;
  constructor(private readonly session: EmbeddedSession) {}

  /** Runs one statement, and gives the engine's raw answer. */
  run(text: string, values: (string | null)[]): Buffer {
    const kept = this.#kept.get(text);
    if (kept?.era === this.session.era) {
      this.#kept.delete(text);
      this.#kept.set(text, kept);
      return this.session.exec(...execution(kept.name, values));
    }
    if (!this.#seen.has(text)) {
      if (this.#seen.size >= 10 * MAX_STATEMENTS) this.#seen.clear();
      this.#seen.add(text);
      this.session.unnamedOwner = null;
      return this.session.exec(serialize.parse({ text }), ...execution("", values));
    }
    if (kept) this.#drop(text, kept);
    const entry = { name: `s_${++this.#count}`, era: this.session.era };
    const output = this.session.exec(serialize.parse({ name: entry.name, text }), ...execution(entry.name, values));
    this.#kept.set(text, entry);
    const [oldest] = this.#kept;
    if (this.#kept.size > MAX_STATEMENTS && oldest) this.#drop(...oldest);
    return output;
  }

  /** Forgets a statement that failed; it may not exist in the engine. */
  failed(text: string): void {
    const kept = this.#kept.get(text);
    if (kept) this.#drop(text, kept);
  }

  #drop(text: string, { name }: Entry): void {
    this.#kept.delete(text);
    if (this.session.status === "I") this.session.exec(serialize.close({ type: "S", name }), serialize.sync());
  }
}

const execution = (statement: string, values: (string | null)[]) => [
  serialize.bind({ statement, values }),
  serialize.describe({ type: "P" }),
  serialize.execute({}),
  serialize.sync(),
];
