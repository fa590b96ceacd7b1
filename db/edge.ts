import { neon } from "@neondatabase/serverless";
import { configureNeon } from "./neon-config";
import type { Query } from "./query";

/** One HTTP request a statement: what the edge lane has. Web-standard only. */
export function createEdgeQuery(databaseUrl: string): Query {
  configureNeon(databaseUrl);
  const sql = neon(databaseUrl, { disableWarningInBrowsers: true });
  return async <T>(text: string, params: unknown[] = []) => (await sql.query(text, params)) as T[];
}
