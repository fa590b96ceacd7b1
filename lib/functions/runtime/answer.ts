import { Readable } from "node:stream";
import { FUNCTION_LIMITS } from "../contract";
import { scrubberOf } from "../egress/scrubber";
import { FAILURE_HEADER, FAILURES, type Failure, failed } from "../failure";
import type { FrontAnswer } from "./workerd-process";

const isFailure = (code: unknown): code is Failure => typeof code === "string" && code in FAILURES;

/**
 * A process's answer as a response, placeholders taken out and capped once more: the host worker does both, but it
 * shares a process with the functions.
 * @param placeholders that the function knows
 * @param body the request's, for the id of an error
 * @param onEnd called once nothing more comes; not where this rejects
 */
export async function toResponse(
  answer: FrontAnswer,
  placeholders: string[],
  body: string,
  onEnd: () => void,
): Promise<Response> {
  const [failure, type, status] = [answer.headers[FAILURE_HEADER], answer.headers["content-type"], answer.status];
  if (isFailure(failure)) {
    await answer.body.text();
    onEnd();
    return failed(failure, body);
  }
  const headers = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
    /^(?:content-type|mcp-[a-z-]+)$/.test(name) ? [[name, String(value)]] : [],
  );
  const clean = cleaned(answer.body, placeholders);
  if (String(type).startsWith("text/event-stream")) {
    answer.body.once("close", onEnd);
    return new Response(Readable.toWeb(Readable.from(clean)) as ReadableStream<Uint8Array>, { status, headers });
  }
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of clean) chunks.push(chunk);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    onEnd();
    return failed("answer_too_large", body);
  }
  onEnd();
  const empty = [204, 205, 304].includes(status);
  return new Response(empty ? null : Buffer.concat(chunks), { status, headers });
}

class TooLarge extends Error {}

async function* cleaned(source: Readable, placeholders: string[]): AsyncGenerator<Uint8Array, void, void> {
  const scrubber = placeholders.length > 0 ? scrubberOf(placeholders)() : null;
  let total = 0;
  for await (const chunk of source) {
    total += (chunk as Uint8Array).length;
    if (total > FUNCTION_LIMITS.answerBytes) throw new TooLarge();
    const bytes = scrubber ? scrubber.push(chunk as Uint8Array) : (chunk as Uint8Array);
    if (bytes.length > 0) yield bytes;
  }
  const rest = scrubber?.end();
  if (rest && rest.length > 0) yield rest;
}
