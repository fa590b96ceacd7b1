import type { WireClient, WirePeer } from "./backend";
import { ClientState, makesUnnamed, sqlOf, usesUnnamed, waitsForClient } from "./client-state";
import { errorMessage, type Frame, FrameReader, ProtocolError, readyMessage } from "./protocol";
import type { EmbeddedSession } from "./session";

/** Message types after which the engine has something to do: Query, Sync, Flush. The rest gathers until then. */
const ENDS_TURN = new Set(["Q", "S", "H"]);
const GATHERS = new Set(["P", "B", "D", "E", "C"]);

/** A wire client of the embedded engine. It holds the session from a turn's first message until the engine says that it is idle. */
export class EmbeddedWireClient implements WireClient {
  readonly #state = new ClientState();
  readonly #reader = new FrameReader(false);
  #gathered: Frame[] = [];
  #work: Promise<void> = Promise.resolve();
  #release: (() => void) | null = null;
  #idle: NodeJS.Timeout | undefined;
  #gone = false;

  constructor(
    private readonly session: EmbeddedSession,
    private readonly peer: WirePeer,
    /** ms that a transaction may wait for its client while others wait for the session. */
    private readonly idleMs: number,
  ) {}

  receive(chunk: Buffer): void {
    if (this.#gone) return;
    try {
      for (const frame of this.#reader.push(chunk)) this.#take(frame);
    } catch (error) {
      this.#cut("08P01", error instanceof ProtocolError ? error.message : "Message that cannot be read");
    }
  }

  closed(): void {
    if (this.#gone) return;
    this.#gone = true;
    clearTimeout(this.#idle);
    this.#queue(async () => {
      const end = this.#release ?? (await this.session.acquire(this.#state));
      this.session.forget(this.#state);
      end();
    });
  }

  #take(frame: Frame): void {
    if (frame.type === "X") {
      this.peer.end();
      return;
    }
    if (!ENDS_TURN.has(frame.type) && !GATHERS.has(frame.type))
      throw new ProtocolError("This message is not understood by the embedded database");
    if (waitsForClient(sqlOf(frame) ?? ""))
      throw new ProtocolError("COPY FROM STDIN is not offered by the embedded database");
    this.#gathered.push(frame);
    if (!ENDS_TURN.has(frame.type)) return;
    const turn = this.#gathered;
    this.#gathered = [];
    this.#queue(() => this.#run(turn));
  }

  #queue(job: () => Promise<void>): void {
    this.#work = this.#work.then(job).catch(() => this.#cut("XX000", "The embedded database failed"));
  }

  async #run(turn: Frame[]): Promise<void> {
    if (this.#gone) return;
    clearTimeout(this.#idle);
    this.#release ??= await this.session.acquire(this.#state);
    if (this.#gone) return;
    const output = this.#lacksUnnamed(turn) ?? this.session.exec(...turn.map((frame) => this.#prepare(frame)));
    if (turn.some(makesUnnamed)) this.session.unnamedOwner = this.#state;
    this.peer.send(output);
    // After a Flush the turn is still open, whatever the last known status was.
    if (this.session.status === "I" && turn.at(-1)?.type !== "H") {
      this.#release();
      this.#release = null;
    } else {
      this.#idle = setTimeout(
        () => this.#cut("25P03", "terminating connection due to idle-in-transaction timeout"),
        this.idleMs,
      );
    }
  }

  #prepare(frame: Frame): Buffer {
    const text = sqlOf(frame);
    if (text !== null) this.session.suspect(this.#state, text);
    return this.#state.rewrite(frame);
  }

  /** An error answer where the turn leans on an unnamed statement that another client has replaced meanwhile. */
  #lacksUnnamed(turn: Frame[]): Buffer | null {
    const made = turn.findIndex(makesUnnamed);
    const used = turn.findIndex(usesUnnamed);
    if (used < 0 || (made >= 0 && made < used) || this.session.unnamedOwner === this.#state) return null;
    const error = errorMessage("ERROR", "26000", "unnamed prepared statement does not exist");
    return Buffer.concat([error, readyMessage(this.session.status)]);
  }

  #cut(code: string, message: string): void {
    this.peer.send(errorMessage("FATAL", code, message));
    this.peer.end();
    this.closed();
  }
}
