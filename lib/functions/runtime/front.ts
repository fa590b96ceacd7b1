import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { FUNCTION_LIMITS } from "../contract";
import { parseCallContext } from "../deployment-id";
import { readBody } from "../egress/read-body";
import { failed } from "../failure";
import type { Runtime } from "./runtime";

/** The runtime's address for gateways that are not in this process. */
export interface Front {
  /** `RUNTIME_URL`, without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

const digest = (text: string) => createHash("sha256").update(text).digest();

/**
 * Answers `POST /mcp` on loopback as the host worker on Cloudflare does: `x-rt-key` opens it, `x-rt-ctx` says whose
 * call it is.
 * @param port 0: the system chooses
 */
export async function startFront(runtime: Runtime, key: string, port = 0): Promise<Front> {
  const expected = digest(key);
  const server = createServer((req, res) => {
    void handle(req, res).catch(() => res.destroy());
  });

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const given = digest(String(req.headers["x-rt-key"] ?? ""));
    if (!timingSafeEqual(given, expected)) return write(failed("unauthorized"), res);
    if (req.url !== "/mcp" || req.method !== "POST") return write(failed("method_not_allowed"), res);
    const context = parseCallContext(String(req.headers["x-rt-ctx"] ?? ""));
    if (context === null) return write(failed("bad_request"), res);
    const body = await readBody(req, FUNCTION_LIMITS.requestBytes);
    if (body === null) return write(failed("request_too_large"), res);
    const gone = new AbortController();
    res.once("close", () => gone.abort());
    const headers = Object.entries(req.headers).flatMap(([name, value]): [string, string][] =>
      typeof value === "string" ? [[name, value]] : [],
    );
    const request = new Request("http://runtime/mcp", { method: "POST", headers, body, signal: gone.signal });
    await write(await runtime.call(context, request), res);
  }

  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => closeServer(server) };
}

async function write(response: Response, res: ServerResponse): Promise<void> {
  res.writeHead(response.status, [...response.headers].flat());
  if (response.body === null) res.end();
  else await pipeline(Readable.fromWeb(response.body as import("node:stream/web").ReadableStream), res);
}

const closeServer = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
