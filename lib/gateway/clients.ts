import { BoundedMap } from "./bounded-map";
import type { Mailbox } from "./mailbox";
import type { Session } from "./session";

const IDLE_MS = 24 * 3_600_000; // as long as a session lasts
const SWEEP_MS = 600_000;

/** One resource whose changes a session wants to hear of. */
export interface Subscription {
  serverId: string;
  /** As its server knows it. */
  uri: string;
  /** As the client knows it, which is what it is told. */
  exposed: string;
}

interface State {
  level: string | null;
  /** By `<serverId> <uri>`. */
  subscriptions: Map<string, Subscription>;
  changedAt: number;
}

/** One change, as nodes tell each other. */
type Change = { session: string } & (
  | { level: string }
  | { subscribe: Subscription }
  | { unsubscribe: Subscription }
  | { forget: true }
);

const keyOf = ({ serverId, uri }: Pick<Subscription, "serverId" | "uri">): string => `${serverId} ${uri}`;

/**
 * What older clients want, by session: the least severe log messages and the resources they subscribed to. Every node
 * hears of every change, since any of them may serve the session's next request or hold its stream; one that opens a
 * stream asks the others for what it missed.
 */
export class Clients {
  readonly #states = new BoundedMap<string, State>(20_000);
  readonly #listeners = new Set<(sessionId: string) => void>();
  #sweeping: { timer: ReturnType<typeof setInterval>; done: () => void } | null = null;
  constructor(
    private readonly mailbox: Mailbox,
    private readonly now: () => number,
  ) {
    mailbox.on("client", (payload) => this.#apply(payload as Change));
    mailbox.on("client-wanted", (payload) => this.#tellAgain((payload as { session: string }).session));
  }

  /** Runs `listener` after each change of a session's subscriptions; the returned function ends that. */
  onChange(listener: (sessionId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `logging/setLevel`. @param level one of the eight names of RFC 5424; the caller has checked it */
  setLevel(sessionId: string, level: string): void {
    this.#spread({ session: sessionId, level });
  }

  /** Null: this session set none. */
  levelOf(sessionId: string): string | null {
    return this.#states.get(sessionId)?.level ?? null;
  }

  /** `resources/subscribe`; again changes nothing. */
  subscribe(session: Pick<Session, "id">, subscription: Subscription): void {
    this.#spread({ session: session.id, subscribe: subscription });
  }

  /** `resources/unsubscribe`; of what was never subscribed changes nothing. */
  unsubscribe(session: Pick<Session, "id">, subscription: Pick<Subscription, "serverId" | "uri">): void {
    this.#spread({ session: session.id, unsubscribe: { ...subscription, exposed: "" } });
  }

  subscriptionsOf(sessionId: string): Subscription[] {
    return [...(this.#states.get(sessionId)?.subscriptions.values() ?? [])];
  }

  /** A stream of this session opened here: the other nodes are asked for what they know of it. */
  open(sessionId: string): void {
    this.mailbox.tell("client-wanted", { session: sessionId });
  }

  /** The session ended. */
  forget(sessionId: string): void {
    this.#spread({ session: sessionId, forget: true });
  }

  #spread(change: Change): void {
    this.#apply(change);
    this.mailbox.tell("client", change);
  }

  #apply(change: Change): void {
    const { session } = change;
    const state = this.#states.get(session) ?? { level: null, subscriptions: new Map(), changedAt: 0 };
    state.changedAt = this.now();
    if ("forget" in change) this.#states.drop(session);
    else this.#states.set(session, state);
    if ("level" in change) state.level = change.level;
    if ("subscribe" in change) state.subscriptions.set(keyOf(change.subscribe), change.subscribe);
    if ("unsubscribe" in change) state.subscriptions.delete(keyOf(change.unsubscribe));
    this.#keep();
    if (!("level" in change)) for (const listener of this.#listeners) listener(session);
  }

  #tellAgain(session: string): void {
    const state = this.#states.get(session);
    if (!state) return;
    if (state.level !== null) this.mailbox.tell("client", { session, level: state.level });
    for (const subscribe of state.subscriptions.values()) this.mailbox.tell("client", { session, subscribe });
  }

  /** As long as anything is known here, the other nodes can ask for it. */
  #keep(): void {
    if (this.#sweeping || this.#states.size === 0) return;
    this.#sweeping = {
      timer: setInterval(() => this.#sweep(), SWEEP_MS),
      done: this.mailbox.expect("slowly"),
    };
  }

  #sweep(): void {
    for (const [id, state] of [...this.#states.entries()])
      if (this.now() - state.changedAt > IDLE_MS) this.#states.drop(id, state);
    if (this.#states.size === 0) this.close();
  }

  /** Ends the timer; for shutdown, and for when nothing is known any more. */
  close(): void {
    if (this.#sweeping) clearInterval(this.#sweeping.timer);
    this.#sweeping?.done();
    this.#sweeping = null;
  }
}
