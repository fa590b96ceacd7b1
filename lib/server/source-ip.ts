import type { IncomingMessage } from "node:http";

/** Headers by which a client could claim another address, host or scheme; only a trusted proxy may set them. */
const FORWARDED = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

const plain = (address: string) => (address.startsWith("::ffff:") ? address.slice(7) : address);

/**
 * Who sent the request. With `trustProxy` proxies before us, the nearest one appended the address it saw last, so the
 * n-th entry of X-Forwarded-For from the right is the first that no client can forge.
 */
export function sourceIp(request: IncomingMessage, trustProxy: number): string | null {
  const socket = request.socket.remoteAddress;
  if (trustProxy > 0) {
    const header = request.headers["x-forwarded-for"];
    const entries = (Array.isArray(header) ? header.join(",") : (header ?? "")).split(",").map((entry) => entry.trim());
    const claimed = entries.at(-trustProxy);
    if (claimed) return plain(claimed);
  }
  return socket ? plain(socket) : null;
}

/** Makes the forwarding headers true for what runs behind us (Next reads them): the client's own go, unless a proxy is trusted. */
export function settleForwarded(request: IncomingMessage, trustProxy: number): void {
  const ip = sourceIp(request, trustProxy);
  if (trustProxy === 0) for (const name of FORWARDED) delete request.headers[name];
  if (ip !== null) request.headers["x-forwarded-for"] = ip;
}
