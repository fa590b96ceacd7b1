import type { PGlite } from "@electric-sql/pglite";
import { ClientState } from "./client-state";
import { framesOf, Parser, serialize } from "./protocol";

/** Tags of commands after which the session may differ from what it was. */
const CHANGES_SESSION = /^(SET|RESET|DISCARD|PREPARE|DEALLOCATE|DO|CALL)/;
const DROPS_STATEMENTS = /^(DEALLOCATE ALL|DISCARD ALL)/;
/** Tags after which a kept statement may no longer fit. */
const VOIDS_PLANS = /^(CREATE|ALTER|DROP|DEALLOCATE|DISCARD|SET|RESET)/;
const SNAPSHOT = `SELECT 'p', name, statement FROM pg_prepared_statements WHERE from_sql
  UNION ALL SELECT 's', name, setting FROM pg_settings WHERE source = 'session'`;

/** The only session of the embedded engine, lent to one client at a time: from its first message until it is idle again. */
export class EmbeddedSession {
  #tail: Promise<void> = Promise.resolve();
  /** Whose settings are in place; null: the defaults. */
  #applied: ClientState | null = null;
  #generation = 0;
  #changed = false;
  /** Who made the unnamed statement last. */
  unnamedOwner: ClientState | null = null;
  /** `I`, `T` or `E` as of the last ReadyForQuery. */
  status = "I";
  /** How many clients wait for their turn. */
  waiting = 0;
  /** Counts commands that make kept statements void. */
  era = 0;

  constructor(
    private readonly engine: PGlite,
    /** The engine broke; nothing of it can be trusted any more. */
    private readonly onFatal: () => void,
  ) {}

  /** Waits for the turn of `client` and puts its settings in place. The result ends the turn. */
  async acquire(client: ClientState): Promise<() => void> {
    const before = this.#tail;
    let free = () => {};
    this.#tail = new Promise((resolve) => {
      free = resolve;
    });
    this.waiting++;
    await before;
    this.waiting--;
    if (this.#applied !== client) this.#switchTo(client);
    return () => {
      if (this.#changed) this.#remember(client);
      free();
    };
  }

  /** Runs whole messages and gives what the engine answers, in one go: nobody else gets in between. */
  exec(...messages: Uint8Array[]): Buffer {
    const chunks: Buffer[] = [];
    // Synchronous up to its first `await`, which comes after the work.
    this.engine
      .execProtocolRawStream(messages.length === 1 && messages[0] ? messages[0] : Buffer.concat(messages), {
        syncToFs: false,
        onRawData: (bytes) => chunks.push(Buffer.from(bytes)),
      })
      .catch(this.onFatal);
    const output = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    this.#watch(output);
    return output;
  }

  /** Ends what a leaving client left: its transaction, its statements, its settings. It must be that client's turn. */
  forget(client: ClientState): void {
    if (this.status !== "I") this.exec(serialize.query("ROLLBACK"));
    if (client.statements.size > 0) this.exec(...client.closeStatements(), serialize.sync());
    if (this.#changed) this.#remember(client);
    client.statements.clear();
    if (!client.isPlain) this.#switchTo(new ClientState());
  }

  #watch(output: Buffer): void {
    for (const { type, bytes } of framesOf(output)) {
      if (type === "Z") this.status = String.fromCharCode(bytes[5] ?? 0x49);
      else if (type === "E" && (bytes.includes("SFATAL\0") || bytes.includes("SPANIC\0"))) this.onFatal();
      else if (type === "C") {
        const tag = bytes.toString("latin1", 5, bytes.length - 1);
        if (CHANGES_SESSION.test(tag)) this.#changed = true;
        if (DROPS_STATEMENTS.test(tag)) this.#generation++;
        if (VOIDS_PLANS.test(tag)) this.era++;
      }
    }
  }

  /** Says that a text may change settings where its tag does not show it. */
  suspect(client: ClientState, text: string): void {
    for (const match of text.matchAll(
      /\b(?:set\s+(?:session\s+)?"?([\w.]+)"?\s*(?:=|to\b)|set_config\s*\(\s*'([\w.]+)')/gi,
    ))
      client.touched.add(match[1] ?? match[2] ?? "");
    if (/set_config/i.test(text)) this.#changed = true;
  }

  /** Notes what the client's session now holds, so that it can be taken out for others and put back. */
  #remember(client: ClientState): void {
    this.#changed = false;
    if (client.generation !== this.#generation) client.statements.clear();
    client.generation = this.#generation;
    client.settings = new Map();
    client.prepared = new Map();
    for (const [kind, name, value] of this.#rows(SNAPSHOT))
      (kind === "s" ? client.settings : client.prepared).set(name ?? "", value ?? "");
    for (const name of client.touched) {
      const value = this.#rows(`SELECT current_setting(${quoted(name)}, true)`)[0]?.[0];
      if (name.includes(".") && value) client.settings.set(name, value);
    }
    this.#applied = client;
    this.#changed = false;
  }

  #switchTo(client: ClientState): void {
    const from = this.#applied;
    const commands = [
      ...(from ? [...from.settings.keys()].map((name) => `RESET ${identifier(name)}`) : []),
      ...(from ? [...from.prepared.keys()].map((name) => `DEALLOCATE ${identifier(name)}`) : []),
      ...[...client.settings].map(([name, value]) => `SELECT set_config(${quoted(name)}, ${quoted(value)}, false)`),
      ...client.prepared.values(),
    ];
    for (const command of commands) this.exec(serialize.query(command));
    if (client.generation !== this.#generation) {
      for (const { parse } of client.statements.values()) this.exec(parse, serialize.sync());
      client.generation = this.#generation;
    }
    this.#applied = client;
    this.#changed = false;
  }

  #rows(sql: string): (string | null)[][] {
    const rows: (string | null)[][] = [];
    new Parser().parse(this.exec(serialize.query(sql)), (message) => {
      if (message.name === "dataRow") rows.push((message as unknown as { fields: (string | null)[] }).fields);
    });
    return rows;
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const identifier = (name: string): string =>
  name
    .split(".")
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join(".");
