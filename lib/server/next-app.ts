import { createServer } from "node:http";
import next from "next";
import type { Listener } from "./http-server";

export interface NextApp {
  handle: Listener;
  close(): Promise<void>;
  /** Reload socket of `next dev`: hands an upgrade to Next. */
  upgrade: NonNullable<Parameters<ReturnType<typeof createServer>["on"]>[1]>;
}

/**
 * Next as a part of this process. It gets a server that never listens to hang its upgrade handler on: in production no
 * WebSocket is served, and a listener on the real one would break clients that merely offer `Upgrade: h2c`.
 * Its handler for uncaught exceptions goes too, because that prints messages, which may quote what a client sent.
 */
export async function startNext(options: { root: string; dev: boolean; host: string; port: number }): Promise<NextApp> {
  const decoy = createServer();
  const app = next({
    dev: options.dev,
    dir: options.root,
    hostname: options.host,
    port: options.port,
    httpServer: decoy,
    quiet: !options.dev,
  });
  const before = process.listeners("uncaughtException");
  await app.prepare();
  for (const listener of process.listeners("uncaughtException")) {
    if (!before.includes(listener)) process.off("uncaughtException", listener);
  }
  const handle = app.getRequestHandler();
  return {
    handle: (request, response) => handle(request, response),
    close: () => app.close(),
    upgrade: (...event) => decoy.emit("upgrade", ...event),
  };
}
