import { type AnyColumn, type SQL, sql } from "drizzle-orm";

/** A time as text, ISO 8601 UTC with milliseconds, made by the database. */
export const isoTime = (column: AnyColumn): SQL =>
  sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
