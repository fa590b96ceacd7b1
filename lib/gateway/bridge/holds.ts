import type { MasterKeys } from "@/lib/crypto/master-keys";
import { LIMITS } from "@/lib/limits";
import { RPC } from "@/lib/mcp/protocol";
import { type Answer, failure, identityOf, success } from "../answer";
import type { Mailbox } from "../mailbox";
import type { Scope } from "../scope";
import { HeldCall, type Progress } from "./held-call";
import { readInputResponses, writeInputRequired } from "./input-required";
import { memberOf } from "./results";
import { openState, sealState } from "./sealed-state";

const MAX_HELD = 1_000;
const MAX_OF_TOKEN = 50;
/** How long another node may take for what comes next; its upstream's own deadline is shorter. */
const RESUME_MS = LIMITS.callMs + 10_000;
const ABANDON_MS = 1_000;

/** Where a held call is, sealed into the `requestState` that its client brings back. */
interface Place {
  node: string;
  id: string;
}

interface Held {
  call: HeldCall;
  tokenId: string;
  /** Who may go on with what. */
  context: string;
  identity: string;
  timer: ReturnType<typeof setTimeout>;
  done(): void;
}

/** What a `requestState` gets that leads nowhere, be it forged, another's or too old. */
export const invalidState = (): Answer =>
  failure(RPC.invalidParams, "This requestState is not valid (any more). Send the request anew, without it.", {
    reason: "invalid_request_state",
  });

/**
 * Calls of older servers that wait for a modern client's answer. The call stays open on the node where it began, for ten
 * minutes after each question; its client gets `input_required` and may send the answer to any node.
 */
export class Holds {
  readonly #held = new Map<string, Held>();
  constructor(
    private readonly mailbox: Mailbox,
    private readonly keys: MasterKeys,
  ) {
    mailbox.on("resume", (payload) => this.#resumeHere(payload as { id: string; responses: [string, string][] }));
    mailbox.on("abandon", (payload) => this.#held.get((payload as { id: string }).id)?.call.abort());
  }

  /**
   * Runs a call that may ask its client.
   * @param subject what the call is for; an answer brought back for anything else is not taken
   * @param params raw params of the request
   */
  async run(scope: Scope, subject: string, params: string, work: (held: Scope) => Promise<Answer>): Promise<Answer> {
    const call = new HeldCall();
    let asked = false;
    const mayAsk = () => {
      asked ||= this.#hasRoom(scope.principal.tokenId);
      return asked;
    };
    call.start(scope, mayAsk, work);
    const progress = await call.next({ emit: scope.emit, token: tokenOf(params) }, scope.client.signal);
    return "answer" in progress ? progress.answer : this.#hold(call, scope, subject, progress);
  }

  #hasRoom(tokenId: string): boolean {
    let own = 0;
    for (const held of this.#held.values()) if (held.tokenId === tokenId) own++;
    return this.#held.size < MAX_HELD && own < MAX_OF_TOKEN;
  }

  async #hold(call: HeldCall, scope: Scope, subject: string, progress: Progress): Promise<Answer> {
    const held = {
      call,
      tokenId: scope.principal.tokenId,
      context: contextOf(scope, subject),
      identity: identityOf(scope, null),
      timer: this.#watch(call),
      done: this.mailbox.expect(),
    };
    this.#held.set(call.id, held);
    await this.mailbox.here();
    return this.#tell(held, progress);
  }

  #watch(call: HeldCall): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      call.abort();
      this.#drop(call.id);
    }, LIMITS.heldMs);
  }

  #drop(id: string): void {
    const held = this.#held.get(id);
    if (!held) return;
    this.#held.delete(id);
    clearTimeout(held.timer);
    held.done();
  }

  /** Each round has a state of its own, as clients may expect. */
  async #tell(held: Held, progress: Progress): Promise<Answer> {
    if ("answer" in progress) {
      this.#drop(held.call.id);
      return progress.answer;
    }
    const place: Place = { node: this.mailbox.node, id: held.call.id };
    const state = await sealState(this.keys, held.context, place);
    return success(writeInputRequired(progress.asked, state, held.identity));
  }

  /**
   * Goes on with a held call, on whatever node it is.
   * @param state the `requestState` that came back
   * @param params raw params of the request that brings it
   * @returns null where the state was not given to this client for this
   */
  async resume(scope: Scope, subject: string, state: string, params: string): Promise<Answer | null> {
    const place = await openState<Place>(this.keys, contextOf(scope, subject), state);
    if (!place) return null;
    let responses: [string, string][];
    try {
      responses = [...readInputResponses(params)];
    } catch {
      return failure(RPC.invalidParams, "params.inputResponses must be an object, each key once.");
    }
    if (place.node !== this.mailbox.node) return this.#resumeElsewhere(scope, place, responses);
    const held = this.#held.get(place.id);
    if (!held) return invalidState();
    return this.#goOn(held, responses, { emit: scope.emit, token: tokenOf(params) }, scope.client.signal);
  }

  async #goOn(
    held: Held,
    responses: [string, string][],
    attached: Parameters<HeldCall["next"]>[0],
    signal: AbortSignal,
  ): Promise<Answer> {
    clearTimeout(held.timer);
    held.timer = this.#watch(held.call);
    held.call.take(responses);
    try {
      return await this.#tell(held, await held.call.next(attached, signal));
    } catch (error) {
      this.#drop(held.call.id);
      throw error;
    }
  }

  async #resumeElsewhere(scope: Scope, { node, id }: Place, responses: [string, string][]): Promise<Answer> {
    const abandon = () => void this.mailbox.call(node, "abandon", { id }, ABANDON_MS).catch(() => undefined);
    const { signal } = scope.client;
    signal.addEventListener("abort", abandon, { once: true });
    try {
      const answer = await this.mailbox.call(node, "resume", { id, responses }, RESUME_MS);
      return (answer as Answer | null) ?? invalidState();
    } finally {
      signal.removeEventListener("abort", abandon);
    }
  }

  /** For another node's client. What the server reports meanwhile does not get there. */
  async #resumeHere({ id, responses }: { id: string; responses: [string, string][] }): Promise<Answer | null> {
    const held = this.#held.get(id);
    if (!held) return null;
    const nobody = { emit: () => undefined, token: null };
    return this.#goOn(held, responses, nobody, new AbortController().signal);
  }

  /** Calls that wait. */
  get size(): number {
    return this.#held.size;
  }

  /** Ends them all, and waits until their rows are settled; for shutdown. */
  async close(): Promise<void> {
    const calls = [...this.#held.values()].map(({ call }) => call);
    for (const call of calls) {
      call.abort();
      this.#drop(call.id);
    }
    await Promise.all(calls.map((call) => call.ended()));
  }
}

/** Only this token can go on, for the same thing. */
const contextOf = ({ principal }: Scope, subject: string): string =>
  `held-call|${principal.workspaceId}|${principal.tokenId}|${subject}`;

/** Raw progress token of a request's params. */
function tokenOf(params: string): string | null {
  if (!params.includes("progressToken")) return null;
  try {
    return memberOf(memberOf(params, "_meta") ?? "{}", "progressToken") ?? null;
  } catch {
    return null;
  }
}
