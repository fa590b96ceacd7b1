import { createCallWriter } from "@/db/call-writer";
import { createEdgeQuery } from "@/db/edge";
import { createDirectory } from "@/db/gateway-store";
import { createKeptResults } from "@/db/kept-results";
import { createRelay } from "@/db/relay";
import { importMasterKeys } from "@/lib/crypto/master-keys";
import { webCryptoPort } from "@/lib/crypto/port";
import { readEnv } from "@/lib/env";
import { createGateway, type Gateway } from "@/lib/gateway/handler";
import { createLog } from "@/lib/log";
import { createFetchTransport } from "@/lib/mcp/fetch-transport";

type RequestContext = { get?(): { waitUntil?(work: Promise<unknown>): void } | undefined };

/** Where the platform offers it, keeps the invocation alive for work after the answer; a plain server lives on anyway. */
function defer(work: Promise<unknown>): void {
  const context = (globalThis as Record<symbol, RequestContext | undefined>)[Symbol.for("@vercel/request-context")];
  context?.get?.()?.waitUntil?.(work);
}

let gateway: Promise<Gateway> | null = null;

/** The edge lane's gateway: Neon over HTTP, the platform's `fetch`. One for each edge context, built on the first request. */
export function edgeGateway(): Promise<Gateway> {
  gateway ??= build();
  gateway.catch(() => {
    gateway = null;
  });
  return gateway;
}

async function build(): Promise<Gateway> {
  const env = readEnv(process.env);
  if (!env.databaseUrl || !env.masterKey) throw new Error("The edge lane needs DATABASE_URL and AEROSTACK_MASTER_KEY.");
  const query = createEdgeQuery(env.databaseUrl);
  const ownHosts = env.publicUrl ? [new URL(env.publicUrl).host] : [];
  let allowPrivate = env.allowPrivateUpstreams;
  // The operator named this address, so it may be private; the gateway asks this transport for no other.
  const runtimePolicy = { allowPrivate: env.runtime ? [new URL(env.runtime.url).host] : [], ownHosts: [] };
  const onAllowPrivate = (merged: string[]) => {
    allowPrivate = merged;
  };
  return createGateway({
    directory: createDirectory(query, { allowPrivate, onAllowPrivate }),
    writeCalls: createCallWriter(query),
    relay: createRelay(query),
    keptResults: createKeptResults(query),
    transport: createFetchTransport(() => ({ allowPrivate, ownHosts })),
    functions: env.runtime && { ...env.runtime, transport: createFetchTransport(() => runtimePolicy) },
    masterKeys: await importMasterKeys(env.masterKey),
    publicUrl: env.publicUrl,
    now: Date.now,
    crypto: webCryptoPort,
    defer,
    log: createLog(),
  });
}
