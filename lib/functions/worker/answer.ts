import { FUNCTION_LIMITS } from "../contract";
import { failed } from "../failure";

const { answerBytes } = FUNCTION_LIMITS;
/** What the gateway has use for; all else (cookies above all) stays here. */
const PASSED = /^(?:content-type|mcp-[a-z-]+)$/;

const headersOf = (given: Headers): [string, string][] => [...given].filter(([name]) => PASSED.test(name));

/**
 * The function's answer within the cap: whole, or for an event stream as it comes, cut at the cap.
 * @param onEnd called once nothing more comes
 */
export async function capAnswer(answer: Response, body: string, onEnd: () => void): Promise<Response> {
  const init = { status: answer.status, headers: headersOf(answer.headers) };
  if (answer.status < 200 || answer.status > 599) return failed("server_error", body);
  if (answer.body === null || [204, 205, 304].includes(answer.status)) {
    onEnd();
    return new Response(null, init);
  }
  if (/^text\/event-stream\b/i.test(answer.headers.get("content-type") ?? ""))
    return new Response(cutStream(answer.body, onEnd), init);
  const bytes = await readUpTo(answer.body, answerBytes);
  onEnd();
  return bytes === null ? failed("answer_too_large", body) : new Response(bytes, init);
}

/** All bytes, or null where there are more than `most`; the rest is not read. */
export async function readUpTo(
  stream: ReadableStream<Uint8Array>,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    total += part.value.length;
    if (total > most) {
      reader.cancel().catch(() => undefined);
      return null;
    }
    chunks.push(part.value);
  }
  const out = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

/** A stream that ends with an error where it grows over the cap. */
function cutStream(stream: ReadableStream<Uint8Array>, onEnd: () => void): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  let total = 0;
  return new ReadableStream({
    async pull(to) {
      try {
        const part = await reader.read();
        total += part.value?.length ?? 0;
        if (total > answerBytes) throw new Error("The answer is too large");
        if (!part.done) return to.enqueue(part.value);
        to.close();
      } catch (error) {
        reader.cancel().catch(() => undefined);
        to.error(error);
      }
      onEnd();
    },
    cancel(reason) {
      onEnd();
      return reader.cancel(reason);
    },
  });
}
