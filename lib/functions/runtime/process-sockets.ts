import { chmodSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { join } from "node:path";
import { createEgress } from "../egress/egress";
import type { Outbound } from "../egress/outbound";
import { readBody } from "../egress/read-body";
import { SOCKETS } from "./capnp";
import type { Tenant } from "./tenant";

const MOST_CONTROL = 4 << 20; // bytes of one question

/** The two sockets that a process gets, both answered here. Their folder opens for that process only. */
export interface ProcessSockets {
  close(): void;
}

/** @param tenant whom the process works for; null while it is a spare, which gets no answer */
export async function openSockets(
  folder: string,
  tenant: () => Tenant | null,
  outbound: Outbound,
): Promise<ProcessSockets> {
  const egress = createEgress({
    outbound,
    pinned: (identity) => tenant()?.pinned(identity) ?? null,
    secret: async (of) => (await tenant()?.source.secret(of)) ?? null,
    record: (record) => tenant()?.source.record(record),
    now: Date.now,
  });
  const servers = await Promise.all([
    listen(join(folder, SOCKETS.control), (req, res) => void answer(req, res, tenant())),
    listen(join(folder, SOCKETS.egress), (req, res) => void egress(req, res)),
  ]);
  const close = () => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  };
  return { close };
}

async function listen(path: string, handle: (req: IncomingMessage, res: ServerResponse) => void): Promise<Server> {
  // workerd speaks to a proxy and names no host.
  const server = createServer({ requireHostHeader: false, maxHeaderSize: 64 << 10 }, handle);
  server.on("upgrade", (req, socket) => {
    // Refused like any other request, and so on record.
    const res = new ServerResponse(req);
    res.shouldKeepAlive = false;
    res.assignSocket(socket as Socket);
    res.once("finish", () => socket.end());
    socket.on("error", () => undefined);
    handle(req, res);
  });
  server.on("connect", (_req, socket) => void socket.destroy());
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(path, resolve));
  chmodSync(path, 0o666); // the folder decides who comes here
  return server;
}

async function answer(req: IncomingMessage, res: ServerResponse, tenant: Tenant | null): Promise<void> {
  try {
    const body = await readBody(req, MOST_CONTROL);
    const response = body === null ? null : await tenant?.control(req.url ?? "", body);
    res.writeHead(response?.status ?? 404, { "content-type": "application/json" });
    res.end((await response?.text()) ?? "");
  } catch {
    if (!res.headersSent) res.writeHead(500);
    res.end();
  }
}
