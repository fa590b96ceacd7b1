import { neonConfig, Pool, type PoolClient } from "@neondatabase/serverless";
import { drizzle } from "drizzle-orm/neon-serverless";
import pg from "pg";
import WebSocket from "ws";
import type { Db } from "@/lib/services/context";
import { configureNeon, isLocalEndpoint } from "./neon-config";
import type { Query } from "./query";
import * as schema from "./schema";

export interface Database {
  db: Db;
  query: Query;
  /** Closes all connections; for shutdown. */
  close(): Promise<void>;
}

/** What both kinds of pool have in common, as far as `query` needs it. */
interface QueryPool {
  query(statement: { name?: string; text: string; values: unknown[] }): Promise<{ rows: unknown[] }>;
  end(): Promise<void>;
}

/** `query` is for a handful of fixed statements; only so many texts are kept prepared. */
const MAX_PREPARED = 100;

/**
 * Drizzle and plain queries for the Node processes, over WebSockets to Neon or to our own endpoint. Connects when first
 * used. `query` has connections of its own, so the gateway never waits behind the dashboard's transactions for one, and
 * its statements stay prepared. To our own endpoint it speaks plain Postgres, which costs much less than Neon's driver.
 */
export function createDatabase(databaseUrl: string): Database {
  const pool = openPool(databaseUrl, 8);
  const direct: QueryPool = isLocalEndpoint(databaseUrl) ? openPlainPool(databaseUrl, 3) : openPool(databaseUrl, 3);
  const names = new Map<string, string>();
  return {
    db: drizzle({ client: pool, schema }),
    async query<T>(text: string, values: unknown[] = []) {
      const name = names.get(text) ?? (names.size < MAX_PREPARED ? `q${names.size}` : undefined);
      if (name) names.set(text, name);
      return (await direct.query({ name, text, values })).rows as T[];
    },
    async close() {
      await Promise.all([pool.end(), direct.end()]);
    },
  };
}

/** A pool to our own endpoint by the plain Postgres protocol: no frames, no timer before each message. */
function openPlainPool(databaseUrl: string, max: number): pg.Pool {
  const { hostname, port, username, password } = new URL(databaseUrl);
  const login = { host: hostname, port: Number(port), user: username, password: decodeURIComponent(password) };
  const pool = new pg.Pool({ ...login, ssl: false, max, idleTimeoutMillis: 60_000, connectionTimeoutMillis: 5_000 });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** A pool that outlives broken connections. */
export function openPool(databaseUrl: string, max: number): Pool {
  configureNeon(databaseUrl);
  neonConfig.webSocketConstructor = WebSocket;
  const pool = new Pool({
    connectionString: databaseUrl,
    max,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 5_000,
  });
  // A connection that breaks fails its query and is replaced; without listeners, idle or lent, it would end the process too.
  pool.on("error", () => {});
  pool.on("connect", (client: PoolClient) => client.on("error", () => {}));
  return pool;
}
