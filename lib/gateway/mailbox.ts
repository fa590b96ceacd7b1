import type { MasterKeys } from "@/lib/crypto/master-keys";
import { openJson, sealJson } from "@/lib/crypto/sealed-session";
import { errorFields, type Log } from "@/lib/log";
import type { Relay } from "./ports";

const FAST_MS = 100; // while somebody waits for something that another node has to say
const SLOW_MS = 1_000; // while sessions are in use here, so that what concerns them all gets here at all
const LINGER_MS = 60_000;
const HERE_MS = 10_000; // less than others wait before they take a node for gone
const MAX_AGE_MS = 10 * 60_000; // an older message is from before some outage; whoever sent it gave up long ago

/** Takes what another node sent; what it returns (or resolves with) goes back to a `call`. Must not throw for odd payloads. */
export type MailHandler = (payload: unknown, from: string) => unknown;

interface Letter {
  /** Set on a call, and on the answer to it. */
  id?: string;
  from: string;
  /** ms UTC, by the sender's clock. */
  at: number;
  kind: string;
  payload: unknown;
}

const REPLY = "reply";
const EVERYBODY = "*";
/** What a letter is sealed for. */
const mailOf = (node: string): string => `node-mail|${node}`;

/**
 * Messages between the nodes of one installation, over the database. What goes out is sealed by the installation's key
 * for the node it is meant for. Nothing is asked of the database while nothing on this node can be addressed.
 * Without a relay there is only this node: a call to it runs its handler, everything else reaches nobody.
 */
export class Mailbox {
  /** This node's name, made anew with each start. Part of ids that clients see; tells nothing. */
  readonly node = crypto.randomUUID().replaceAll("-", "").slice(0, 16);
  readonly #handlers = new Map<string, MailHandler>();
  readonly #waiting = new Map<string, (payload: unknown) => void>();
  readonly #expected = { soon: 0, slowly: 0 };
  #lingersUntil = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #due = Number.POSITIVE_INFINITY;
  #taking: Promise<void> | null = null;
  #takenAt = Number.NEGATIVE_INFINITY;
  #failing = false;
  #closed = false;
  constructor(
    private readonly relay: Relay | null,
    private readonly keys: MasterKeys,
    private readonly now: () => number,
    private readonly log: Log,
  ) {}

  /** Names who takes messages of a kind; one handler for each. */
  on(kind: string, handler: MailHandler): void {
    this.#handlers.set(kind, handler);
  }

  /**
   * Something on this node can now be addressed (an open stream, a held call, a question): its mail is looked for every
   * 100 ms (`slowly`: every second) until the returned function is called.
   */
  expect(pace: "soon" | "slowly" = "soon"): () => void {
    if (!this.relay) return () => undefined;
    this.#expected[pace]++;
    this.#schedule(0);
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      this.#expected[pace]--;
      this.linger(); // others still believe that it is there, and deserve an answer
    };
  }

  /**
   * Resolves once other nodes can send to this one, at once where they can already. To be awaited before a client learns of
   * anything here that is to be addressed, since its next request may be elsewhere a moment later. Never rejects.
   */
  async here(): Promise<void> {
    if (this.relay && this.now() - this.#takenAt > HERE_MS) await this.take();
  }

  /** Sessions are in use here: mail is looked for once a second during the next minute. Costs next to nothing. */
  linger(): void {
    if (!this.relay) return;
    const now = this.now();
    const fresh = this.#lingersUntil <= now;
    if (!fresh && this.#lingersUntil - now > LINGER_MS / 2) return;
    this.#lingersUntil = now + LINGER_MS;
    if (fresh) this.#schedule(0);
  }

  /**
   * Asks one node and waits for what its handler returns. Null: that node is gone, or did not answer in time.
   * This node itself is asked without a detour.
   */
  async call(node: string, kind: string, payload: unknown, timeoutMs: number): Promise<unknown> {
    if (node === this.node) return this.#handle({ from: node, at: this.now(), kind, payload });
    if (!this.relay || this.#closed) return null;
    const id = crypto.randomUUID();
    const done = this.expect();
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await this.here(); // whoever answers must see this node first
      const answer = new Promise<unknown>((resolve) => {
        this.#waiting.set(id, resolve);
        timer = setTimeout(() => resolve(null), timeoutMs);
      });
      return (await this.#send(node, { id, from: this.node, at: this.now(), kind, payload })) ? await answer : null;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
      done();
    }
  }

  /** Tells all other nodes that were seen lately. Nobody waits for it, and it may get lost. */
  tell(kind: string, payload: unknown): void {
    const { relay } = this;
    if (!relay || this.#closed) return;
    sealJson(this.keys, mailOf(EVERYBODY), { from: this.node, at: this.now(), kind, payload })
      .then((text) => relay.broadcast(this.node, text))
      .catch((error: unknown) => this.log.warn("gateway.mail_unsent", { kind, ...errorFields(error) }));
  }

  /** Looks for mail now; shared by whoever asks meanwhile. Never throws. */
  take(): Promise<void> {
    this.#taking ??= this.#take().finally(() => {
      this.#taking = null;
    });
    return this.#taking;
  }

  async #take(): Promise<void> {
    if (!this.relay || this.#closed) return;
    try {
      const at = this.now();
      const texts = await this.relay.take(this.node);
      this.#takenAt = at;
      this.#failing = false;
      for (const text of texts) {
        const letter = await this.#open(text);
        if (letter) void this.#deliver(letter);
      }
    } catch (error) {
      if (!this.#failing) this.log.warn("gateway.mail_failed", errorFields(error));
      this.#failing = true;
    }
  }

  async #deliver(letter: Letter): Promise<void> {
    if (letter.kind === REPLY) return this.#waiting.get(letter.id ?? "")?.(letter.payload);
    const payload = await this.#handle(letter);
    if (letter.id === undefined) return;
    await this.#send(letter.from, { id: letter.id, from: this.node, at: this.now(), kind: REPLY, payload });
  }

  async #handle({ kind, payload, from }: Letter): Promise<unknown> {
    try {
      return (await this.#handlers.get(kind)?.(payload, from)) ?? null;
    } catch (error) {
      this.log.warn("gateway.mail_unhandled", { kind, ...errorFields(error) });
      return null;
    }
  }

  async #send(node: string, letter: Letter): Promise<boolean> {
    try {
      return (await this.relay?.send(node, await sealJson(this.keys, mailOf(node), letter))) ?? false;
    } catch (error) {
      this.log.warn("gateway.mail_unsent", { kind: letter.kind, ...errorFields(error) });
      return false;
    }
  }

  /** Null for what another installation wrote, what was meant for somebody else, and what is long out of date. */
  async #open(text: string): Promise<Letter | null> {
    const letter =
      (await openJson<Letter>(this.keys, mailOf(this.node), text)) ??
      (await openJson<Letter>(this.keys, mailOf(EVERYBODY), text));
    return letter && Math.abs(this.now() - letter.at) < MAX_AGE_MS ? letter : null;
  }

  #schedule(inMs: number): void {
    const due = this.now() + inMs;
    if (this.#closed || (this.#timer !== null && this.#due <= due)) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.take().then(() => this.#next());
    }, inMs);
  }

  #next(): void {
    if (this.#expected.soon > 0) this.#schedule(FAST_MS);
    else if (this.#expected.slowly > 0 || this.#lingersUntil > this.now()) this.#schedule(SLOW_MS);
  }

  /** Whether mail is being looked for. */
  get running(): boolean {
    return this.#timer !== null;
  }

  /** Ends it for good; calls that still wait resolve with null. */
  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const resolve of this.#waiting.values()) resolve(null);
  }
}
