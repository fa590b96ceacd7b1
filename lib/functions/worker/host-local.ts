import { WorkerEntrypoint } from "cloudflare:workers";
import type { Identity } from "../contract";
import { IDENTITY_HEADER, writeIdentity } from "../egress/headers";
import { handleHost } from "./host";
import { Tail } from "./tail";
import type { Fetcher, HostContext, HostEnv } from "./types";

interface LocalEnv extends HostEnv {
  /** The process manager's egress, outside this process: only it holds values. */
  EGRESS: Fetcher;
}

/**
 * Every way out of an isolate. A function can call any public method of this class (`request.fetcher`), so `fetch` is
 * the only one; and no `connect`, which would open sockets.
 */
export class Egress extends WorkerEntrypoint<LocalEnv, Identity> {
  async fetch(request: Request): Promise<Response> {
    const headers = new Headers(request.headers);
    for (const name of [...headers.keys()]) if (name.startsWith("x-rt-")) headers.delete(name);
    headers.set(IDENTITY_HEADER, writeIdentity(this.ctx.props));
    try {
      return await this.env.EGRESS.fetch(new Request(request, { headers, redirect: "manual" }));
    } catch {
      // An error of ours must not tell the function anything.
      return Response.json({ error: "upstream_error" }, { status: 502 });
    }
  }
}

export { Tail };

export default {
  fetch: (request: Request, env: LocalEnv, context: HostContext): Promise<Response> =>
    handleHost(request, env, context),
};
