import { type Frame, readText, serialize } from "./protocol";

let count = 0;

/**
 * What one client believes its session holds: named prepared statements and settings. The embedded engine has a single
 * session, so names are made unique per client, and settings are put in place when the client gets its turn.
 */
export class ClientState {
  readonly #prefix = `c${++count}`;
  #aliases = 0;
  /** Client's own statement name → its name in the engine and the Parse message that made it. */
  readonly statements = new Map<string, { alias: string; parse: Buffer }>();
  /** Settings that differ from the defaults, by name. */
  settings = new Map<string, string>();
  /** Statements made by SQL `PREPARE`: name → the whole command. */
  prepared = new Map<string, string>();
  /** Names seen after SET or in set_config; the engine's own list does not show custom ones. */
  readonly touched = new Set<string>();
  /** Counts the engine's DEALLOCATE ALL; behind it, statements have to be made again. */
  generation = 0;

  get isPlain(): boolean {
    return this.settings.size === 0 && this.prepared.size === 0;
  }

  /** The message with the client's statement name replaced by the engine's. Unnamed statements pass as they are. */
  rewrite(frame: Frame): Buffer {
    const at = nameOffset(frame);
    if (at === null || frame.bytes[at] === 0) return frame.bytes;
    const { text: name, next } = readText(frame.bytes, at);
    const known = this.statements.get(name);
    const alias = known?.alias ?? `${this.#prefix}_${++this.#aliases}`;
    const bytes = withName(frame.bytes, at, next, alias);
    if (frame.type === "P" && !known) this.statements.set(name, { alias, parse: bytes });
    if (frame.type === "C") this.statements.delete(name);
    return bytes;
  }

  /** Messages that free the client's named statements in the engine. */
  closeStatements(): Buffer[] {
    return [...this.statements.values()].map(({ alias }) => Buffer.from(serialize.close({ type: "S", name: alias })));
  }
}

/** Where a message holds the name of a statement; null where it holds none. */
function nameOffset({ type, bytes }: Frame): number | null {
  if (type === "P") return 5;
  if (type === "B") return readText(bytes, 5).next;
  if ((type === "D" || type === "C") && bytes[5] === 0x53 /* S: statement, not portal */) return 6;
  return null;
}

/** Whether the message uses the unnamed statement, which lives until the next Parse of whomever. */
export function usesUnnamed(frame: Frame): boolean {
  if (frame.type !== "B" && frame.type !== "D") return false;
  const at = nameOffset(frame);
  return at !== null && frame.bytes[at] === 0;
}

/** Whether the message makes the unnamed statement. */
export const makesUnnamed = (frame: Frame): boolean => frame.type === "P" && frame.bytes[5] === 0;

function withName(bytes: Buffer, from: number, to: number, name: string): Buffer {
  const out = Buffer.concat([bytes.subarray(0, from), Buffer.from(`${name}\0`), bytes.subarray(to)]);
  out.writeInt32BE(out.length - 1, 1);
  return out;
}

/** The SQL text of a Query or Parse message, else null. */
export function sqlOf({ type, bytes }: Frame): string | null {
  if (type === "Q") return readText(bytes, 5).text;
  return type === "P" ? readText(bytes, readText(bytes, 5).next).text : null;
}

const COPY_IN = /\bcopy\b[^;]*\bfrom\s+stdin\b/i;

/** Whether the text waits for data from its client inside a command; the engine cannot wait, and would break. */
export const waitsForClient = (text: string): boolean => COPY_IN.test(text);
