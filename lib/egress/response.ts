import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Dispatcher } from "undici";
import { UpstreamError, type UpstreamResponse } from "@/lib/mcp/transport";

/** undici's answer behind the transport port. Node streams only: a web stream costs more than the rest of a small answer. */
export function wrapResponse(
  response: Dispatcher.ResponseData,
  failure: (error: unknown) => UpstreamError,
): UpstreamResponse {
  const { statusCode: status, headers, body } = response;
  // An unread body that fails must not end the process.
  body.on("error", () => undefined);
  const header = (name: string) => {
    const value = headers[name.toLowerCase()];
    return value === undefined ? null : Array.isArray(value) ? value.join(", ") : value;
  };
  return {
    status,
    header,
    text: (maxBytes) => readText(decoded(body, header("content-encoding")), maxBytes, failure),
    stream: () => chunksOf(decoded(body, header("content-encoding")), failure),
    discard: () => void body.dump().catch(() => undefined),
  };
}

const DECODERS = new Map([
  ["gzip", createGunzip],
  ["x-gzip", createGunzip],
  ["deflate", createInflate],
  ["br", createBrotliDecompress],
]);

/** We ask for no compression; a server that compresses all the same is read, and counted by what comes out. */
export function decoded(body: Readable, encoding: string | null): Readable {
  const name = encoding?.trim().toLowerCase() ?? "";
  if (name === "" || name === "identity") return body;
  const decoder = DECODERS.get(name)?.();
  if (!decoder) {
    body.destroy();
    throw new UpstreamError("not_mcp", "The server compresses its answers in an unknown way");
  }
  body.once("error", (error) => decoder.destroy(error));
  decoder.once("close", () => body.destroy()); // whoever stops reading here stops the connection too
  return body.pipe(decoder);
}

function readText(source: Readable, maxBytes: number, failure: (error: unknown) => UpstreamError): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let total = 0;
    source.on("data", (chunk: Buffer) => {
      total += chunk.length;
      if (total <= maxBytes) return void chunks.push(chunk);
      reject(new UpstreamError("too_large", "The server's answer is too large"));
      source.destroy();
    });
    source.once("end", () =>
      resolve((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, total))?.toString("utf8") ?? ""),
    );
    source.once("error", (error) => reject(failure(error)));
    source.once("close", () => {
      // The usual close after an end builds no error: a stack costs more than the rest of the answer.
      if (!source.readableEnded) reject(failure(new Error("closed")));
    });
  });
}

async function* chunksOf(
  source: Readable,
  failure: (error: unknown) => UpstreamError,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    for await (const chunk of source) yield chunk as Uint8Array;
  } catch (error) {
    throw failure(error);
  }
}
