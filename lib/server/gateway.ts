import { createCallWriter } from "@/db/call-writer";
import { createDirectory } from "@/db/gateway-store";
import { createKeptResults } from "@/db/kept-results";
import { createRelay } from "@/db/relay";
import { onChange } from "@/lib/auth/notify";
import type { MasterKeys } from "@/lib/crypto/master-keys";
import { createUndiciTransport } from "@/lib/egress/undici-transport";
import type { Env } from "@/lib/env";
import { createGateway } from "@/lib/gateway/handler";
import type { FunctionsPort } from "@/lib/gateway/ports";
import type { Log } from "@/lib/log";
import type { GatewayHandler } from "./direct-lane";
import { nodeCryptoPort } from "./node-crypto";

type Query = <T>(text: string, params?: unknown[]) => Promise<T[]>;

/**
 * The direct lane's gateway: this process's database connection, undici as transport. Its twin for the edge lane is
 * `app/ws/gateway.ts`; both fill the same ports.
 */
export function composeGateway(parts: {
  env: Env;
  query: Query;
  masterKeys: MasterKeys;
  functions: FunctionsPort;
  ownHosts: string[];
  /** Whether other nodes may use the same database. */
  shared: boolean;
  log: Log;
}): GatewayHandler & {
  close(): Promise<void>;
} {
  const { env, query, masterKeys, functions, ownHosts, shared, log } = parts;
  let allowPrivate = env.allowPrivateUpstreams;
  const onAllowPrivate = (merged: string[]) => {
    allowPrivate = merged;
  };
  const transport = createUndiciTransport(() => ({ allowPrivate, ownHosts }));
  const background = new Set<Promise<unknown>>();
  const gateway = createGateway({
    directory: createDirectory(query, { allowPrivate, onAllowPrivate }),
    writeCalls: createCallWriter(query),
    relay: shared ? createRelay(query) : null,
    keptResults: createKeptResults(query),
    transport,
    functions,
    masterKeys,
    publicUrl: env.publicUrl,
    now: Date.now,
    crypto: nodeCryptoPort,
    defer(work) {
      const settled = work.catch(() => undefined).finally(() => background.delete(settled));
      background.add(settled);
    },
    log,
  });
  onChange(() => gateway.refresh());
  return {
    handle: (request, info) => gateway.handle(request, info),
    async close() {
      await gateway.close();
      await Promise.all(background);
      await transport.close();
    },
  };
}
