import { WorkerEntrypoint } from "cloudflare:workers";
import type { EgressRecord, Identity, Verdict } from "../contract";
import { forwardRequest } from "./cloudflare-egress";
import { handleHost } from "./host";
import { Tail } from "./tail";
import type { Fetcher, HostContext, HostEnv, Loader } from "./types";

/** As `wrangler.jsonc` and `wrangler secret put` set it. */
export interface CloudflareEnv {
  LOADER: Loader;
  /** Origin of the Aerostack server and the path of its control endpoint, without a slash at the end. */
  CONTROL_URL: string;
  CONTROL_KEY: string;
  BOOT_KEY: string;
}

/** The control side over HTTPS. */
function controlOf(env: CloudflareEnv): Fetcher {
  return {
    fetch: (request) => {
      const url = env.CONTROL_URL + new URL(request.url).pathname;
      const headers = { authorization: `Bearer ${env.CONTROL_KEY}`, "content-type": "application/json" };
      return fetch(new Request(url, { method: "POST", headers, body: request.body, redirect: "manual" }));
    },
  };
}

const hostEnv = (env: CloudflareEnv): HostEnv => ({
  LOADER: env.LOADER,
  BOOT_KEY: env.BOOT_KEY,
  CONTROL: controlOf(env),
});

/** Every way out of an isolate. `fetch` is its only public method: functions can call any other one. */
export class Egress extends WorkerEntrypoint<CloudflareEnv, Identity> {
  async fetch(request: Request): Promise<Response> {
    const at = Date.now();
    const url = new URL(request.url);
    const identity = this.ctx.props;
    const control = controlOf(this.env);
    let verdict: Verdict = "upstream_error";
    let answer = Response.json({ error: verdict }, { status: 502 });
    try {
      ({ verdict, answer } = await forwardRequest(request, identity, control));
    } catch {
      // An error of ours must not tell the function anything.
    }
    const record: EgressRecord = {
      ...identity,
      at,
      method: request.method,
      host: url.hostname,
      path: url.pathname.slice(0, 512),
      status: answer.status,
      verdict,
      ms: Date.now() - at,
    };
    const body = JSON.stringify(record);
    const sent = control.fetch(new Request("http://control/record", { method: "POST", body }));
    this.ctx.waitUntil(sent.catch(() => undefined));
    return answer;
  }
}

/** As `Tail`, with the control side over HTTPS. */
class CloudflareTail extends Tail {
  constructor(context: unknown, env: CloudflareEnv) {
    super(context, hostEnv(env));
  }
}

export { CloudflareTail as Tail };

export default {
  fetch: (request: Request, env: CloudflareEnv, context: HostContext): Promise<Response> =>
    handleHost(request, hostEnv(env), context),
};
