import type { CallWriter } from "@/lib/gateway/ports";
import { idFloor } from "@/lib/ids";
import { LIMITS } from "@/lib/limits";
import { storableJson } from "./escape";
import type { Query } from "./query";

const INTENT = `"id" text, "workspaceId" text, "occurredAt" float8, "memberId" text, "actorName" text, "actorEmail" text,
  "actorRole" text, "tokenId" text, "tokenPrefix" text, "authMethod" text, "argsSealed" text, "argsKeyId" text, "clientName" text, "clientVersion" text, "sourceIp" text,
  "userAgent" text, "sessionId" text, "requestId" text, "method" text, "serverId" text, "server" text, "tool" text, "toolKind" text,
  "outcome" text, "errorClass" text, "errorCode" int, "requestBytes" int, "argsSha256" text, "secretsUsed" jsonb`;

const INSERT_INTENTS = `
INSERT INTO calls (id, workspace_id, occurred_at, member_id, actor_name, actor_email, actor_role, token_id, token_prefix,
  auth_method, args_sealed, args_key_id, client_name, client_version, source_ip, user_agent, session_id, request_id, method, server_id, server, tool, tool_kind, outcome,
  error_class, error_code, request_bytes, args_sha256, secrets_used)
SELECT "id", "workspaceId", to_timestamp("occurredAt" / 1000), "memberId", "actorName", "actorEmail", "actorRole",
  "tokenId", "tokenPrefix",
  "authMethod", "argsSealed", "argsKeyId", "clientName", "clientVersion", "sourceIp", "userAgent", "sessionId", "requestId", "method",
  "serverId", "server", "tool", "toolKind", "outcome", "errorClass", "errorCode", "requestBytes", "argsSha256", "secretsUsed"
FROM json_to_recordset($1::json) AS i(${INTENT}) ON CONFLICT DO NOTHING`;

/**
 * Both `|| ''` are there for the planner alone: it then expects one row, and looks each call up by its key and nothing
 * else. Without them, a plan made while the table is small (and kept, as the statement stays prepared) reads the whole
 * table, or all of the workspace's part of an index, for each batch.
 */
const updateOutcomes = (json: string) => `
UPDATE calls c SET outcome = o."outcome", error_class = o."errorClass", error_code = o."errorCode",
  upstream_status = o."upstreamStatus", duration_ms = o."durationMs", upstream_ms = o."upstreamMs", before_ms = o."beforeMs",
  response_bytes = o."responseBytes", result_sealed = o."resultSealed", result_key_id = o."resultKeyId"
FROM json_to_recordset(${json}::json) AS o("id" text, "workspaceId" text, "outcome" text, "errorClass" text,
  "errorCode" int, "upstreamStatus" int, "durationMs" float8, "upstreamMs" float8, "beforeMs" float8, "responseBytes" int,
  "resultSealed" text, "resultKeyId" text)
WHERE c.id = o."id" AND o."id" || '' = o."id" AND c.workspace_id || '' = o."workspaceId"
  AND c.outcome IN ('pending', 'unknown')`;

const UPDATE_OUTCOMES = updateOutcomes("$1");
const WRITE_BOTH = `WITH added AS (${INSERT_INTENTS})${updateOutcomes("$2")}`;

/**
 * Writes a batch of calls with one statement: one round trip, one commit. Writing the same batch again changes nothing.
 * @throws the driver's error; nothing of the batch is kept then
 */
export function createCallWriter(query: Query): CallWriter {
  return async ({ intents, outcomes }) => {
    if (intents.length > 0 && outcomes.length > 0)
      await query(WRITE_BOTH, [storableJson(intents), storableJson(outcomes)]);
    else if (intents.length > 0) await query(INSERT_INTENTS, [storableJson(intents)]);
    else if (outcomes.length > 0) await query(UPDATE_OUTCOMES, [storableJson(outcomes)]);
  };
}

/** How far back (ms) a forgotten call is looked for at start. */
const SWEEP_MS = 7 * 24 * 3_600_000;

/**
 * Calls whose node died before it wrote an outcome become `unknown`. An outcome that still comes later replaces that.
 * @param options.now ms UTC
 * @param options.lookBackMs how far back to look; ids sort by time, so this bounds what is read
 * @returns how many were swept
 */
export async function sweepUnfinished(query: Query, options: { now: number; lookBackMs?: number }): Promise<number> {
  const rows = await query<{ id: string }>(
    `UPDATE calls SET outcome = 'unknown' WHERE id >= $1 AND id < $2 AND outcome = 'pending' RETURNING id`,
    [idFloor("call", options.now - (options.lookBackMs ?? SWEEP_MS)), idFloor("call", options.now - 2 * LIMITS.callMs)],
  );
  return rows.length;
}

/**
 * Removes kept payloads whose workspace's term is over, was set to 0, or that is gone; the rows themselves stay.
 * @param now ms UTC
 * @returns how many were removed
 */
export async function sweepKeptArguments(query: Query, now: number): Promise<number> {
  const rows = await query<{ id: string }>(
    `UPDATE calls c SET args_sealed = NULL, args_key_id = NULL, result_sealed = NULL, result_key_id = NULL
    FROM calls k LEFT JOIN workspaces w ON w.id = k.workspace_id
    WHERE c.id = k.id AND (k.args_sealed IS NOT NULL OR k.result_sealed IS NOT NULL)
      AND k.occurred_at < to_timestamp($1::float8 / 1000) - make_interval(days => coalesce(w.keep_arguments_days, 0))
    RETURNING c.id`,
    [now],
  );
  return rows.length;
}
