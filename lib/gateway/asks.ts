import { LIMITS } from "@/lib/limits";
import type { ClientReply, ServerRequest } from "@/lib/mcp/upstream";
import type { Mailbox } from "./mailbox";
import type { Message } from "./message";
import { raceAbort } from "./race-abort";

const ANSWER_MS = 5_000; // for another node to say whether it took an answer

/** Whose question it is: only this session, under this token, can answer it. */
export interface Asked {
  sessionId: string;
  tokenId: string;
}

interface Pending extends Asked {
  resolve(reply: ClientReply): void;
}

/** The client left, or never answered. */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
}

/**
 * Requests from here to older clients (elicitation, sampling, roots). Each has an unguessable id that names this node,
 * so the answer finds its way wherever the client's POST lands.
 */
export class Asks {
  readonly #pending = new Map<string, Pending>();
  constructor(private readonly mailbox: Mailbox) {
    mailbox.on("answer", (payload) => this.#settle(payload as Asked & { id: string; reply: ClientReply }));
  }

  /**
   * Sends a request and waits for the client's answer, ten minutes at most; given up, the client is told.
   * @param send puts a JSON-RPC message before the client
   * @param signal ends the wait: the client left, or the request that needed the answer is over
   * @throws NoAnswerError
   */
  async ask(
    asked: Asked,
    request: ServerRequest,
    send: (json: string) => void,
    signal: AbortSignal,
  ): Promise<ClientReply> {
    const id = `${this.mailbox.node}.${crypto.randomUUID()}`;
    const done = this.mailbox.expect();
    const params = request.params === undefined ? "" : `,"params":${request.params}`;
    try {
      await this.mailbox.here();
      const reply = new Promise<ClientReply>((resolve) => this.#pending.set(id, { ...asked, resolve }));
      send(`{"jsonrpc":"2.0","id":"${id}","method":${JSON.stringify(request.method)}${params}}`);
      return await raceAbort(reply, signal, LIMITS.heldMs, () => new NoAnswerError("The client gave no answer"));
    } catch (error) {
      send(
        `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"${id}","reason":"No longer needed"}}`,
      );
      throw error;
    } finally {
      this.#pending.delete(id);
      done();
    }
  }

  /** Takes a client's JSON-RPC response, on whatever node asked. False: nobody waits for it (any more), or it is not theirs to give. */
  async answer(asked: Asked, message: Message): Promise<boolean> {
    const id: unknown = JSON.parse(message.id);
    const node = typeof id === "string" ? id.slice(0, id.indexOf(".")) : "";
    if (typeof id !== "string" || node === "") return false;
    const kind = message.spans.has("result") ? "result" : "error";
    const span = message.spans.get(kind);
    if (!span) return false;
    const reply = { kind, json: message.text.slice(span.valueStart, span.valueEnd) };
    return (await this.mailbox.call(node, "answer", { ...asked, id, reply }, ANSWER_MS)) === true;
  }

  #settle({ id, sessionId, tokenId, reply }: Asked & { id: string; reply: ClientReply }): boolean {
    const pending = this.#pending.get(id);
    if (!pending || pending.sessionId !== sessionId || pending.tokenId !== tokenId) return false;
    this.#pending.delete(id);
    pending.resolve(reply);
    return true;
  }

  /** Questions that wait for an answer. */
  get size(): number {
    return this.#pending.size;
  }
}
