import { AsyncLocalStorage } from "node:async_hooks";
import type { Fetcher } from "./types";

/** The way out of the call that is running: it carries the member and the call to the egress log. */
const current = new AsyncLocalStorage<Fetcher>();
const plain = globalThis.fetch;
const OwnResponse = globalThis.Response;

/** Whether a value is a response, whatever the function has put in the class's place. */
export const isResponse = (value: unknown): value is Response => value instanceof OwnResponse;

/** Runs one call so that its fetches are known as its own. */
export const withEgress = <T>(egress: Fetcher | undefined, run: () => T): T =>
  egress ? current.run(egress, run) : run();

// Evaluated before the function's code, so that a `fetch` it keeps at the start is this one. Whoever goes round it
// passes the same egress, as the installation instead of the call.
globalThis.fetch = (input: RequestInfo | URL, init?: RequestInit) => {
  const egress = current.getStore();
  return egress ? egress.fetch(new Request(input, init)) : plain(input, init);
};
