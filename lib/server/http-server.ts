import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { LIMITS } from "@/lib/limits";
import { errorFields, type Log } from "@/lib/log";
import { capBody } from "./body-cap";
import { CONTROL_PREFIX } from "./control-endpoint";
import { NOT_READY, type Readiness, readinessAnswer } from "./ready";
import { settleForwarded } from "./source-ip";
import { StartError } from "./start-error";

/** Answers one request of Node's. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What the server hands requests to; filled in while the process starts. */
export interface Routes {
  /** The gateway in this process; null leaves `/ws/**` to Next's edge route. */
  gateway: Listener | null;
  /** For a host worker of functions elsewhere; null where none may ask. */
  control: Listener | null;
  /** Dashboard, API and all else; null until Next is ready. */
  next: Listener | null;
  readiness: (() => Promise<Readiness>) | null;
  draining: boolean;
  /** Requests that change something or call a tool and are not answered yet. */
  running: number;
}

function answer(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers }).end(body);
}

const problem = (message: string) => JSON.stringify({ error: { message } });

/** Whether a request target is a path that decodes; Next answers 500 to what does not. */
function isSoundPath(path: string): boolean {
  if (!path.startsWith("/")) return false;
  try {
    return !decodeURIComponent(path).includes("\0");
  } catch {
    return false;
  }
}

async function probe(response: ServerResponse, path: string, routes: Routes): Promise<void> {
  if (path === "/api/health") return answer(response, 200, '{"status":"ok"}');
  if (routes.draining) return answer(response, 503, '{"status":"draining"}');
  const { status, body } = readinessAnswer((await routes.readiness?.()) ?? NOT_READY);
  answer(response, status, body);
}

/** Sends a request where it belongs, and turns away at once what neither the gateway nor Next should see. */
export function createRouter(routes: Routes, trustProxy: number): Listener {
  return async (request, response) => {
    if (routes.draining) response.setHeader("connection", "close");
    const target = request.url ?? "";
    const path = target.split("?", 1)[0] ?? "";
    if (request.method === "TRACE" || request.method === "CONNECT") {
      return answer(response, 405, problem("This method is not served."), {
        allow: "GET, HEAD, POST, PUT, PATCH, DELETE",
        connection: "close",
      });
    }
    if (!isSoundPath(path)) return answer(response, 400, problem("The path is malformed."), { connection: "close" });
    if (request.headers.upgrade?.toLowerCase().includes("websocket")) {
      return answer(response, 400, problem("WebSocket is not served."), { connection: "close" });
    }
    if (path === "/api/health" || path === "/api/ready") {
      if (request.method === "GET" || request.method === "HEAD") return probe(response, path, routes);
      return answer(response, 405, problem("Use GET."), { allow: "GET, HEAD" });
    }
    if (!routes.next)
      return answer(response, 503, problem("Aerostack is starting. Try again in a moment."), { "retry-after": "1" });
    settleForwarded(request, trustProxy);
    if (request.method !== "GET") {
      routes.running += 1;
      response.once("close", () => {
        routes.running -= 1;
      });
    }
    if (routes.control && path.startsWith(CONTROL_PREFIX)) return routes.control(request, response);
    if (path.startsWith("/ws/")) {
      if (routes.gateway) return routes.gateway(request, response);
      capBody(request, response, LIMITS.requestBytes);
    }
    return routes.next(request, response);
  };
}

/** Node's server with bounds on slow senders; the gateway has its own, tighter ones for bodies. */
export function createHttpServer(router: Listener, log: Log): Server {
  const server = createServer({
    headersTimeout: 20_000,
    requestTimeout: 60_000,
    keepAliveTimeout: 75_000,
    connectionsCheckingInterval: 5_000,
  });
  server.on("request", (request, response) => {
    router(request, response).catch((error: unknown) => {
      log.error("request.crashed", errorFields(error));
      if (response.headersSent) response.destroy();
      else answer(response, 500, problem("Something went wrong here."));
    });
  });
  server.on("connect", (_request, socket) => {
    socket.on("error", () => socket.destroy());
    socket.end(
      "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE\r\nConnection: close\r\n\r\n",
    );
  });
  return server;
}

/** Starts listening; resolves with the port. @throws StartError where the address is taken or not ours */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why =
        error.code === "EADDRINUSE"
          ? "is already in use, perhaps by another Aerostack. Stop that one or choose another PORT"
          : `cannot be used (${error.code}). Check HOST and PORT`;
      reject(new StartError(`The address ${host}:${port} ${why}.`));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Stops accepting; resolves when the last request has been answered. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
