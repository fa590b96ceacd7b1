import { VERSION } from "@/lib/version";
import { runtime } from "./runtime";

/** What runs here, in words for the owner; no address and no credential of the database. */
export async function describeInstance(): Promise<{ version: string; database: string; lane: string; node: string }> {
  const { env } = await runtime();
  return {
    version: VERSION,
    database: databaseKind(env.databaseUrl),
    lane: env.gatewayLane === "direct" ? "Direct (in the server's own process)" : "Edge (a Next.js route)",
    node: process.version,
  };
}

/** The kind of database by its URL. */
export function databaseKind(url: string | null): string {
  if (url === null || !URL.canParse(url)) return "Unknown";
  const { hostname, searchParams } = new URL(url);
  if (searchParams.get("aerostack") === "local")
    return "Local (embedded, or your own Postgres, behind the built-in endpoint)";
  return hostname.endsWith(".neon.tech") ? "Neon" : "Postgres";
}
