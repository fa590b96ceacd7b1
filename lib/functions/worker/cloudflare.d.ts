/** The part of workerd's own modules that the host worker uses. */
declare module "cloudflare:workers" {
  /** A class whose public methods other workers may call: keep them to what everybody may call. */
  export abstract class WorkerEntrypoint<Env = unknown, Props = unknown> {
    protected readonly env: Env;
    protected readonly ctx: { readonly props: Props; waitUntil(promise: Promise<unknown>): void };
    constructor(ctx: unknown, env: Env);
  }
}

/** The function's bundle, beside the wrapper in the isolate. */
declare module "server.js" {
  const handler: unknown;
  export default handler;
}

/** The module that the wrapper loads first, as it is named in the isolate. */
declare module "rt-identity.js" {
  export { isResponse, withEgress } from "@/lib/functions/worker/wrapper-identity";
}
