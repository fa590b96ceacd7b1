import type { Identity } from "../contract";

/** Something that answers requests: a service binding, an entrypoint, an isolate. */
export interface Fetcher {
  fetch(request: Request): Promise<Response>;
}

/** The Worker Loader binding. */
export interface Loader {
  get(name: string, load: () => Promise<WorkerCode>): { getEntrypoint(name: undefined, options: object): Fetcher };
}

/** What an isolate is started from. */
export interface WorkerCode {
  compatibilityDate: string;
  compatibilityFlags: string[];
  mainModule: string;
  modules: Record<string, string>;
  env: Record<string, string>;
  globalOutbound: Fetcher;
  tails: object[];
  /** Enforced by Cloudflare; open-source workerd ignores them, there the process manager guards. */
  limits: { cpuMs: number; subRequests: number };
}

/** The host worker's environment, the same names on both platforms. */
export interface HostEnv {
  LOADER: Loader;
  /** Deployments in, logs out. */
  CONTROL: Fetcher;
  BOOT_KEY: string;
}

/** The host's execution context: its own entrypoints, each with an identity of the host's choice. */
export interface HostContext {
  exports: {
    Egress(options: { props: Identity }): Fetcher;
    Tail(options: { props: Identity }): object;
  };
  waitUntil(promise: Promise<unknown>): void;
}
