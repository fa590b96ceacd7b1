import { isResponse, withEgress } from "rt-identity.js";
import handler from "server.js";
import type { Fetcher } from "./types";

type Handle = (request: Request, env: unknown, context: unknown) => unknown;

interface CallProps {
  user?: string;
  call?: string;
  egress?: Fetcher;
}

interface Context {
  props?: CallProps;
  waitUntil(promise: Promise<unknown>): void;
}

/** The three shapes a function's default export may have: an object with `fetch`, a function, a class of entrypoints. */
function handleOf(value: unknown): Handle {
  if (typeof value === "function") {
    const made = value as new (context: unknown, env: unknown) => { fetch?: Handle };
    if (typeof made.prototype?.fetch !== "function") return value as Handle;
    return (request, env, context) => new made(context, env).fetch?.(request, env, context);
  }
  const object = value as { fetch?: unknown } | null | undefined;
  if (typeof object?.fetch === "function") return object.fetch.bind(object) as Handle;
  throw new Error("The module has no default export with a fetch method. Write: export default defineServer({ … })");
}

const handle = handleOf(handler);

export default {
  async fetch(request: Request, env: unknown, context: Context): Promise<Response> {
    const { egress, user, call } = context.props ?? {};
    const own = {
      props: { user, call },
      waitUntil: (promise: Promise<unknown>) => context.waitUntil(promise),
      passThroughOnException: () => undefined,
    };
    const answer = await withEgress(egress, () => handle(request, env, own));
    if (isResponse(answer)) return answer;
    throw new TypeError("The fetch method gave no Response");
  },
};
