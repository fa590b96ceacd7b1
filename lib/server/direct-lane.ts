import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { errorFields, type Log } from "@/lib/log";
import { sourceIp } from "./source-ip";

/** The part of `createGateway`'s result that a lane needs. */
export interface GatewayHandler {
  handle(request: Request, info: { sourceIp: string | null }): Promise<Response>;
}

/**
 * The gateway in this very process, before Next sees the request: a Next route costs more than ten times what the
 * gateway itself does. Requests are built lazily from Node's, so the common path makes no `Request`, `Headers` or stream.
 */
export function directLane(gateway: GatewayHandler, trustProxy: number, log: Log) {
  return getRequestListener(
    (request, bindings) =>
      gateway.handle(request, { sourceIp: sourceIp(bindings.incoming as IncomingMessage, trustProxy) }),
    {
      hostname: "localhost", // for HTTP/1.0 requests without Host
      overrideGlobalObjects: false, // Next shares this process
      errorHandler(error) {
        if (error instanceof Error && error.name === "RequestError") return new Response(null, { status: 400 });
        log.error("gateway.crashed", errorFields(error));
        return new Response(null, { status: 500 });
      },
    },
  ) as (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}
