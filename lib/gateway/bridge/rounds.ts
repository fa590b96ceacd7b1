import { LIMITS } from "@/lib/limits";
import type { UpstreamReply } from "@/lib/mcp/upstream";
import { withMember } from "../notifications";
import type { Scope } from "../scope";
import { missingToAsk } from "./client-capabilities";
import { type InputRequired, readInputRequired, translateRequest } from "./input-required";
import { resultTypeOf } from "./results";

const MAX_ROUNDS = 8;
const PACE_MS = 500; // between rounds in which nobody is asked: the server wants time

/** A newer server wanted something of its older client that did not come; the message is for whoever reads the answer. */
export class NoInputError extends Error {
  override readonly name = "NoInputError";
}

/**
 * One request of an older client to a newer server, with as many rounds as the server needs (eight at most): what it asks
 * for by `input_required` is asked of the client by real requests, and the request sent again with the answers and the
 * server's own state, byte for byte. The clock of `LIMITS.callMs` runs only while the server works.
 * @param send sends the request with these params, within so many ms
 * @param redact takes the server's secrets out of what the client is asked
 * @throws NoInputError, and whatever `send` throws
 */
export async function inRounds(
  scope: Pick<Scope, "ask" | "capabilities" | "client">,
  params: string,
  send: (params: string, deadlineMs: number) => Promise<UpstreamReply>,
  redact: (text: string) => string,
): Promise<UpstreamReply> {
  let left = LIMITS.callMs as number;
  let next = params;
  for (let round = 0; ; round++) {
    const startedAt = performance.now();
    const reply = await send(next, left);
    left -= performance.now() - startedAt;
    if (reply.kind === "error" || resultTypeOf(reply.json) !== "input_required") return reply;
    const wanted = readInputRequired(reply.json);
    if (!wanted) throw new NoInputError("asked for input in a form that nobody can read");
    if (round === MAX_ROUNDS) throw new NoInputError(`asked for input more than ${MAX_ROUNDS} times`);
    const responses = await askAll(scope, wanted, redact);
    next = responses === null ? params : withMember(params, "inputResponses", responses);
    if (wanted.state !== undefined) next = withMember(next, "requestState", wanted.state);
  }
}

/** The client's answers as JSON text; null where nothing was asked. */
async function askAll(
  { ask, capabilities, client }: Pick<Scope, "ask" | "capabilities" | "client">,
  { requests }: InputRequired,
  redact: (text: string) => string,
): Promise<string | null> {
  if (requests.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, PACE_MS));
    return null;
  }
  for (const { request } of requests) {
    const asked: unknown = request.params === undefined ? undefined : JSON.parse(request.params);
    if (!ask || missingToAsk(capabilities, request.method, asked) !== null)
      throw new NoInputError(`needs ${nameOf(request.method)}, which this client does not offer`);
  }
  const answers = await Promise.all(
    requests.map(async ({ key, request }) => {
      const { method, params } = translateRequest(request, "legacy");
      const asked = { method, params: params === undefined ? undefined : redact(params) };
      const reply = await ask?.(asked).catch(() => null);
      if (client.signal.aborted) throw new NoInputError("was not waited for");
      if (reply?.kind !== "result") throw new NoInputError(`asked for ${nameOf(method)}, and the client gave none`);
      return `${JSON.stringify(key)}:${reply.json}`;
    }),
  );
  return `{${answers.join(",")}}`;
}

const NAMES: Record<string, string> = {
  "elicitation/create": "an answer of the user",
  "sampling/createMessage": "an answer of the model",
  "roots/list": "the client's roots",
};
const nameOf = (method: string): string => NAMES[method] ?? method.slice(0, 50);
