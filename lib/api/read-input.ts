import { LIMITS } from "@/lib/limits";
import { ApiError } from "./api-error";

/**
 * Query and JSON body of a request as one object. Only methods that change something have a body.
 * @throws ApiError 400 (broken JSON or a repeated parameter), 413, 415
 */
export async function readInput(
  request: Request,
  url: URL,
  maxBytes: number = LIMITS.requestBytes,
): Promise<Record<string, unknown>> {
  const query = readQuery(url.searchParams);
  if (request.method === "GET") return query;
  const text = await readBody(request, maxBytes);
  const body = text === "" ? {} : readJson(request, text);
  const twice = Object.keys(body).find((name) => Object.hasOwn(query, name));
  if (twice !== undefined)
    throw new ApiError(400, "invalid", "Give each field once, in the query or in the body.", twice);
  return { ...query, ...body };
}

function readQuery(params: URLSearchParams): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  for (const [name, value] of params) {
    if (Object.hasOwn(query, name)) throw new ApiError(400, "invalid", "Give each query parameter once.", name);
    Object.defineProperty(query, name, { value, enumerable: true });
  }
  return query;
}

/** Counted while reading: a length header may lie or be missing. */
async function readBody(request: Request, maxBytes: number): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return decode(chunks, size);
}

function decode(chunks: Uint8Array[], size: number): string {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ApiError(400, "invalid", "The body is not UTF-8.");
  }
}

function readJson(request: Request, text: string): Record<string, unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new ApiError(415, "invalid", "Send JSON with Content-Type: application/json.");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ApiError(400, "invalid", "The body is not valid JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ApiError(400, "invalid", "The body must be a JSON object.");
  return value as Record<string, unknown>;
}

const tooLarge = (maxBytes: number) => new ApiError(413, "invalid", `This request has at most ${maxBytes} bytes.`);
