import type { Deadline } from "./deadline";
import { type Incoming, writeReply } from "./envelope";
import { RPC } from "./protocol";
import type { ClientReply, RequestOptions } from "./upstream";

/** Who answers what an upstream asks, and whose clock stands still meanwhile. */
export interface Asked {
  onRequest?: RequestOptions["onRequest"];
  deadline?: Pick<Deadline, "hold">;
}

const refusal = (code: number, message: string): ClientReply => ({
  kind: "error",
  json: JSON.stringify({ code, message }),
});

/**
 * The answer to a request of an upstream, as a whole message: `ping` has one here, all else is asked of the client where
 * somebody can. Never rejects: a client that leaves or fails is told to the upstream as an internal error.
 */
export async function answerRequest(
  { id, method, params }: Extract<Incoming, { kind: "request" }>,
  { onRequest, deadline }: Asked,
): Promise<string> {
  if (method === "ping") return writeReply(id, { kind: "result", json: "{}" });
  if (!onRequest) return writeReply(id, refusal(RPC.methodNotFound, "Method not found"));
  const goOn = deadline?.hold();
  try {
    return writeReply(id, await onRequest({ method, params }));
  } catch {
    return writeReply(id, refusal(RPC.internalError, "The client gave no answer"));
  } finally {
    goOn?.();
  }
}
