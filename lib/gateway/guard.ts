import { LIMITS } from "@/lib/limits";
import { refuse } from "./responses";

const LOOPBACK_NAME = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;
const IP_LITERAL = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i;

/**
 * Host and Origin allow-list against DNS rebinding and cross-site requests (MCP transports, "Security Warning").
 * Accepted hosts: the public one, loopback names, and IP literals (a rebinding page always arrives by a name).
 * An Origin, where sent, must be the public one or the host that was asked.
 */
export function guardOrigin(headers: Headers, publicUrl: string | null): Response | null {
  const host = headers.get("host") ?? "";
  const name = host.replace(/:\d+$/, "").toLowerCase();
  const known = publicUrl !== null && new URL(publicUrl).host === host.toLowerCase();
  if (!known && !LOOPBACK_NAME.test(name) && !IP_LITERAL.test(name)) {
    return refuse(403, "This host name is not served here. The operator sets it as AEROSTACK_PUBLIC_URL.");
  }
  const origin = headers.get("origin");
  if (origin === null) return null;
  const own = origin === publicUrl || origin === `http://${host}` || origin === `https://${host}`;
  return own ? null : refuse(403, "Requests from this origin are not allowed.");
}

/** Whether an Accept header takes a media type: absent means yes, `q=0` means no (RFC 9110, section 12.5.1). */
export function accepts(header: string | null, type: string, wildcards = true): boolean {
  if (header === null) return wildcards;
  const ranges = wildcards ? [type, `${type.split("/")[0]}/*`, "*/*"] : [type];
  const found = header
    .toLowerCase()
    .split(",")
    .map((part) => part.split(";").map((piece) => piece.trim()))
    .filter(([range]) => ranges.includes(range ?? ""))
    .sort(([a], [b]) => ranges.indexOf(a ?? "") - ranges.indexOf(b ?? ""))[0];
  return found !== undefined && !found.slice(1).some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
}

/** Checks that a POST carries plain UTF-8 JSON and that the client can read JSON. */
export function guardMedia(headers: Headers): Response | null {
  const [type, ...parameters] = (headers.get("content-type") ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const charset = parameters
    .find((parameter) => parameter.startsWith("charset="))
    ?.slice(8)
    .replaceAll('"', "");
  if (type !== "application/json" || (charset !== undefined && charset !== "utf-8" && charset !== "utf8")) {
    return refuse(415, "Send application/json in UTF-8.");
  }
  if ((headers.get("content-encoding") ?? "identity") !== "identity") return refuse(415, "Send the body uncompressed.");
  return accepts(headers.get("accept"), "application/json")
    ? null
    : refuse(406, "The client must accept application/json (and text/event-stream).");
}

/**
 * The body as text, counted while it is read. The cap lies far below the 10 MiB where Next cuts edge bodies in
 * silence, and a body shorter than its Content-Length is refused, so a cut one is never taken for whole.
 */
export async function readBody(request: Request): Promise<string | Response> {
  const declared = Number(request.headers.get("content-length") ?? Number.NaN);
  if (declared > LIMITS.requestBytes)
    return refuse(413, `The body may have at most ${LIMITS.requestBytes} bytes.`, { connection: "close" });
  if (declared >= 0) {
    // A declared length is enforced by HTTP itself, so the runtime's own reader is safe and much cheaper.
    const bytes = await request.arrayBuffer();
    return bytes.byteLength === declared ? decode(bytes) : refuse(400, "The body is shorter than its Content-Length.");
  }
  return readChunked(request);
}

async function readChunked(request: Request): Promise<string | Response> {
  const reader = request.body?.getReader();
  if (!reader) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > LIMITS.requestBytes) {
      await reader.cancel().catch(() => undefined);
      return refuse(413, `The body may have at most ${LIMITS.requestBytes} bytes.`, { connection: "close" });
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return decode(whole);
}

function decode(bytes: ArrayBuffer | Uint8Array): string | Response {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse(400, "The body is not valid UTF-8.", undefined, -32700);
  }
}
