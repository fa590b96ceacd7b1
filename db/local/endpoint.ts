import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import type { Backend } from "./backend";
import { answer, serveSql } from "./sql-http";
import { serveWire } from "./ws-wire";

/** The only user our endpoint knows. */
const USER = "aerostack";

export interface Endpoint {
  port: number;
  close(): Promise<void>;
}

/**
 * The Neon-compatible door to a backend, on loopback only: `POST /sql` and the WebSocket `/v2`. The secret is checked
 * on both in every mode; the Host header too, so that a web page cannot reach it by rebinding a name.
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
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const client of sockets.clients) client.terminate();
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
