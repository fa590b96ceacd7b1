import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it passed by. */
export interface Passed {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Options {
  /** Added to each request, for programs that cannot send a token. */
  token?: string;
  /** Where every request goes, whatever path it names; else it keeps its own. */
  path?: string;
  /** Sees each request once it is complete. */
  onRequest?(request: Passed): void;
}

/** A listener on loopback between a client and the gateway. */
export interface Tap {
  origin: string;
  close(): Promise<void>;
}

/**
 * Passes everything on to `origin` and back as it comes, streams included. Host and Origin stay the client's own, so
 * that what is tested of them is tested on the gateway. A side that leaves takes the other one along.
 */
export async function startTap(origin: string, { token, path, onRequest }: Options): Promise<Tap> {
  const { hostname, port } = new URL(origin);
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const url = incoming.url ?? "/";
    const query = url.includes("?") ? url.slice(url.indexOf("?")) : "";
    const headers = { ...incoming.headers, ...(token && { authorization: `Bearer ${token}` }) };
    const { method = "GET" } = incoming;
    const options = { hostname, port, path: path ? path + query : url, method, headers, agent: false };
    const sent = request(options, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      answer.on("error", () => outgoing.destroy()).pipe(outgoing);
    });
    sent.on("error", () => outgoing.destroy());
    outgoing.on("close", () => sent.destroy());
    let body = "";
    if (onRequest) incoming.on("data", (chunk: Buffer) => (body += chunk.toString()));
    incoming.on("end", () => onRequest?.({ method, url, headers: incoming.headers, body })).pipe(sent);
  };
  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
