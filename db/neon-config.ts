import { neonConfig } from "@neondatabase/serverless";

/** Whether a connection string leads to our own endpoint on loopback (`db/local`) rather than to Neon. */
export const isLocalEndpoint = (databaseUrl: string): boolean =>
  new URL(databaseUrl).searchParams.get("aerostack") === "local";

/**
 * Points the Neon driver at our endpoint where the connection string carries its mark; a real Neon address keeps the
 * driver's defaults. The driver's settings are global to the process, so a process uses one of the two.
 */
export function configureNeon(databaseUrl: string): void {
  if (!isLocalEndpoint(databaseUrl)) return;
  neonConfig.fetchEndpoint = (host, port) => `http://${host}:${port}/sql`;
  neonConfig.wsProxy = (host, port) => `${host}:${port}/v2`;
  neonConfig.useSecureWebSocket = false;
  // One round trip more on connecting, but a refusal rejects `connect` instead of being thrown into the void later.
  neonConfig.pipelineConnect = false;
}
