import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { answerControl, type ControlPath, type ControlPorts } from "@/lib/functions/control";
import { readBody } from "@/lib/functions/egress/read-body";
import type { Listener } from "./http-server";

/** Where a host worker elsewhere asks (`CONTROL_URL` in `lib/functions/worker/wrangler.jsonc`). */
export const CONTROL_PREFIX = "/api/runtime/";

const PATHS: readonly ControlPath[] = ["/load", "/tail", "/policy", "/secret", "/record"];
const MOST_BYTES = 2 << 20;

const digest = (text: string) => createHash("sha256").update(text).digest();

/**
 * The control side for a host worker that is not in this process, as on Cloudflare: it gets code, policies and values of
 * every workspace, so it must show the control key. Without the key the address does not exist.
 */
export function controlEndpoint(key: string | null, ports: ControlPorts): Listener | null {
  if (key === null) return null;
  const expected = digest(`Bearer ${key}`);
  return async (request, response) => {
    if (!timingSafeEqual(digest(request.headers.authorization ?? ""), expected))
      return send(response, Response.json({ error: "unauthorized" }, { status: 401 }));
    if (request.method !== "POST") return send(response, Response.json({ error: "use_post" }, { status: 405 }));
    const body = await readBody(request, MOST_BYTES);
    if (body === null) return send(response, Response.json({ error: "too_large" }, { status: 413 }));
    await send(response, await answerControl(ports, pathOf(request), body, PATHS, null));
  };
}

const pathOf = ({ url = "" }: IncomingMessage) => `/${url.slice(CONTROL_PREFIX.length)}` as ControlPath;

async function send(response: ServerResponse, answer: Response): Promise<void> {
  response.writeHead(answer.status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(answer.status === 204 ? undefined : Buffer.from(await answer.arrayBuffer()));
}
