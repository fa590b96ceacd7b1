import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Backend, SqlResult } from "./backend";
import { waitsForClient } from "./client-state";

const MAX_BODY_BYTES = 64 << 20;

const Statement = z
  .object({ query: z.string(), params: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).default([]) })
  .transform(({ query, params }) => ({
    text: query,
    params: params.map((value) => (value === null ? null : String(value))),
  }));
const Body = z.union([z.object({ queries: z.array(Statement) }), Statement]);

const ISOLATION: Record<string, string> = {
  ReadUncommitted: "READ UNCOMMITTED",
  ReadCommitted: "READ COMMITTED",
  RepeatableRead: "REPEATABLE READ",
  Serializable: "SERIALIZABLE",
};

/** Fields of a Postgres error that Neon's driver copies onto its own. */
const ERROR_FIELDS = [
  "severity",
  "code",
  "detail",
  "hint",
  "position",
  "internalPosition",
  "internalQuery",
  "where",
  "schema",
  "table",
  "column",
  "dataType",
  "constraint",
  "file",
  "line",
  "routine",
] as const;

/**
 * `POST /sql` as Neon's HTTP driver 1.x sends it: one statement, or `queries` in one transaction with its isolation in
 * headers. Values go out as Postgres's own text, in arrays: the driver asks for both always. A failed statement is a 400.
 */
export async function serveSql(request: IncomingMessage, response: ServerResponse, backend: Backend): Promise<void> {
  if (request.headers["neon-raw-text-output"] !== "true" || request.headers["neon-array-mode"] !== "true")
    return answer(response, 400, { message: "Only raw text output in array mode is offered here." });
  const body = Body.safeParse(parse(await readBody(request)));
  if (!body.success) return answer(response, 400, { message: "The body is not a Neon SQL request." });
  const batch = "queries" in body.data ? body.data.queries : null;
  const begin = batch && beginOf(request);
  if (begin === "") return answer(response, 400, { message: "Unknown isolation level." });
  const statements = batch ?? ("text" in body.data ? [body.data] : []);
  if (statements.some(({ text }) => waitsForClient(text)))
    return answer(response, 400, { message: "COPY FROM STDIN is not offered here.", severity: "ERROR", code: "0A000" });
  try {
    const results = (await backend.run(statements, begin)).map(shape);
    answer(response, 200, batch ? { results } : results[0]);
  } catch (error) {
    const failure = errorBody(error);
    if (failure) answer(response, 400, failure);
    else answer(response, 503, { message: "The database cannot be reached." });
  }
}

/** The command that opens the batch's transaction; empty for an isolation level that does not exist. */
function beginOf({ headers }: IncomingMessage): string {
  const level = headers["neon-batch-isolation-level"];
  if (level !== undefined && !ISOLATION[String(level)]) return "";
  const readOnly = headers["neon-batch-read-only"];
  const deferrable = headers["neon-batch-deferrable"];
  return [
    "BEGIN",
    level === undefined ? "" : `ISOLATION LEVEL ${ISOLATION[String(level)]}`,
    readOnly === undefined ? "" : readOnly === "true" ? "READ ONLY" : "READ WRITE",
    deferrable === undefined ? "" : deferrable === "true" ? "DEFERRABLE" : "NOT DEFERRABLE",
  ]
    .filter(Boolean)
    .join(" ");
}

const shape = (result: SqlResult) => ({ ...result, rowAsArray: true });

function errorBody(error: unknown): Record<string, unknown> | null {
  const failure = error as Record<string, unknown> & { message?: string };
  if (typeof failure?.code !== "string" || failure.code.length !== 5 || failure.severity === undefined) return null;
  return { message: failure.message, ...Object.fromEntries(ERROR_FIELDS.map((name) => [name, failure[name]])) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return "";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Answers with JSON. */
export function answer(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) })
    .end(text);
}
