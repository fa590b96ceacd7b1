import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";

/** A `node:http` server on loopback. */
export interface Listener {
  origin: string;
  server: Server;
  close(): Promise<void>;
}

/** Listens on `port`, or on a free one. @throws where the port is taken */
export function listen(handler: RequestListener, port = 0): Promise<Listener> {
  const server = createServer(handler);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (!address || typeof address === "string") return reject(new Error("no address"));
      resolve({
        origin: `http://127.0.0.1:${address.port}`,
        server,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
