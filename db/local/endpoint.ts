import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { WebSocketServer } from "ws";
import type { Backend } from "./backend";
import { answer, serveSql } from "./sql-http";
import { plainWire, serveWire } from "./wire";

/** The only user our endpoint knows. */
const USER = "aerostack";

export interface Endpoint {
  port: number;
  close(): Promise<void>;
}

/**
 * The doors to a backend, on one loopback port: Neon's `POST /sql` and WebSocket `/v2`, and the plain Postgres protocol,
 * told apart by a connection's first byte. The secret is checked on all in every mode; on the two of HTTP the Host
 * header too, so that a web page cannot reach them by rebinding a name.
 * @param port 0 lets the system choose
 */
export async function listen(backend: Backend, secret: string, port: number): Promise<Endpoint> {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const expected = digest(secret);
  const accepts = (user: string, password: string) => timingSafeEqual(digest(password), expected) && user === USER;

  // Longer than any client keeps an unused connection, so a reused one is never just being closed.
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    if (!isOurHost(request)) return answer(response, 421, { message: "Wrong host." });
    if (request.url !== "/sql") return answer(response, 404, { message: "Not here." });
    if (request.method !== "POST") return answer(response, 405, { message: "Use POST." });
    const { user, password } = credentials(request);
    if (!accepts(user, password)) return answer(response, 401, { message: "The secret is wrong." });
    serveSql(request, response, backend).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 64 << 20 });
  server.on("upgrade", (request, socket, head) => {
    if (!isOurHost(request) || request.url?.split("?")[0] !== "/v2") return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (client) => serveWire(client, backend, accepts));
  });
  const plain = new Set<Socket>();
  const door = createTcpServer({ noDelay: true }, (socket) => {
    socket.once("error", () => socket.destroy());
    socket.once("readable", () => {
      const first: Buffer | null = socket.read();
      if (!first) return socket.destroy();
      socket.unshift(first);
      // A start-up message begins with its length, so with a zero; HTTP begins with a letter.
      if (first[0] !== 0) return server.emit("connection", socket);
      plain.add(socket);
      socket.once("close", () => plain.delete(socket));
      serveWire(plainWire(socket), backend, accepts);
    });
  });
  await new Promise<void>((resolve, reject) => {
    door.once("error", reject);
    door.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (door.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => door.close(resolve));
      for (const client of sockets.clients) client.terminate();
      for (const socket of plain) socket.destroy();
      server.close();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 2_000).unref();
      await closed;
    },
  };
}

function isOurHost(request: IncomingMessage): boolean {
  const port = request.socket.localPort;
  return request.headers.host === `127.0.0.1:${port}` || request.headers.host === `localhost:${port}`;
}

/** User and password out of the connection string that Neon's driver sends along. */
function credentials(request: IncomingMessage): { user: string; password: string } {
  const text = request.headers["neon-connection-string"];
  if (typeof text !== "string" || !URL.canParse(text)) return { user: "", password: "" };
  const url = new URL(text);
  return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
}
