import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import type { Backend, WireClient } from "./backend";
import { backendMessage, errorMessage, type Frame, FrameReader, readText } from "./protocol";

/** A client that has not shown the secret within this time (ms) is cut off. */
const LOGIN_MS = 10_000;

/** The part of a WebSocket that the wire needs; a plain socket can play it too. */
export interface WireSocket {
  send(bytes: Buffer): void;
  /** Closes after what was sent. */
  close(): void;
  terminate(): void;
  on(event: "message", listener: (data: Buffer | ArrayBuffer | Buffer[]) => void): unknown;
  on(event: "error" | "close", listener: () => void): unknown;
}

/** A plain TCP connection in that part: the same protocol without frames around it. */
export function plainWire(socket: Socket): WireSocket {
  return {
    send: (bytes) => void socket.write(bytes),
    close: () => void socket.end(),
    terminate: () => void socket.destroy(),
    on: (event: string, listener: (data: Buffer) => void) => socket.on(event === "message" ? "data" : event, listener),
  };
}

/**
 * Serves one connection that carries the Postgres protocol, as Neon's `/v2` does. Asks for the secret as a cleartext
 * password (loopback only, so nothing is gained by hashing it) and then hands the client to the backend.
 * @param accepts whether user and password are ours
 */
export function serveWire(
  socket: WireSocket | WebSocket,
  backend: Backend,
  accepts: (user: string, password: string) => boolean,
): void {
  const reader = new FrameReader(true);
  let startup: Record<string, string> | null = null;
  const early: Buffer[] = [];
  let accepted = false;
  let client: WireClient | null = null;
  let open = true;
  const peer = {
    send: (bytes: Buffer) => {
      if (open) socket.send(bytes);
    },
    end: () => socket.close(),
  };
  const late = setTimeout(() => socket.terminate(), LOGIN_MS);

  function refuse(code: string, message: string): void {
    peer.send(errorMessage("FATAL", code, message));
    peer.end();
  }

  async function login(frame: Frame): Promise<void> {
    if (frame.type === "") {
      const code = frame.bytes.readInt32BE(4);
      if (code >> 16 === 3) {
        startup = startupOf(frame.bytes);
        peer.send(backendMessage("R", 3));
      } else if (code === 80_877_103 || code === 80_877_104) peer.send(Buffer.from("N"));
      else peer.end();
      return;
    }
    if (frame.type !== "p" || !startup) return refuse("08P01", "A password was expected.");
    if (!accepts(startup.user ?? "", readText(frame.bytes, 5).text)) return refuse("28P01", "The secret is wrong.");
    clearTimeout(late);
    accepted = true;
    client = await backend.connect(startup, peer).catch(() => {
      refuse("08006", "The database cannot be reached.");
      return null;
    });
    if (!open) return client?.closed();
    for (const chunk of early) client?.receive(chunk);
  }

  socket.on("message", (data) => {
    const chunk = Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);
    if (client) return client.receive(chunk);
    if (accepted) return void early.push(chunk);
    try {
      for (const frame of reader.push(chunk)) {
        if (accepted) early.push(frame.bytes);
        else void login(frame);
      }
      if (accepted) early.push(reader.drain());
    } catch {
      refuse("08P01", "This is not the Postgres protocol.");
    }
  });
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    open = false;
    clearTimeout(late);
    client?.closed();
  });
}

function startupOf(bytes: Buffer): Record<string, string> {
  const fields: Record<string, string> = {};
  for (let at = 8; at < bytes.length - 1; ) {
    const name = readText(bytes, at);
    const value = readText(bytes, name.next);
    fields[name.text] = value.text;
    at = value.next;
  }
  return fields;
}
