import type { IncomingMessage } from "node:http";

/**
 * A request's body as text, or null where it is larger than `most` bytes; the rest is then taken and thrown away, so
 * that the sender gets to read why. By events: iterating would destroy the request, or leave its connection unusable.
 */
export function readBody(req: IncomingMessage, most: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let total = 0;
    req.on("data", (chunk: Buffer) => {
      total += chunk.length;
      if (total <= most) return void chunks.push(chunk);
      chunks = [];
      resolve(null);
    });
    req.once("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    req.once("error", reject);
    req.once("close", () => reject(new Error("The sender left")));
  });
}
