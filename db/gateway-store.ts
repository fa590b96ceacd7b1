import type { CallWriter, Directory, Principal, WorkspaceSnapshot } from "@/lib/gateway/ports";
import { idFloor } from "@/lib/ids";
import { LIMITS } from "@/lib/limits";
import { storable, storableJson } from "./escape";
import type { Query } from "./query";

const FIND_TOKEN = `
SELECT t.id AS "tokenId", t.prefix AS "tokenPrefix", w.id AS "workspaceId", w.slug AS "workspaceSlug",
  w.version::float8 AS "workspaceVersion", m.id AS "memberId", m.name, coalesce(m.email, u.email) AS email, m.role,
  ARRAY(SELECT e.id FROM ended_sessions e WHERE e.token_id = t.id AND e.expires_at > now()) AS "endedSessions",
  (t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute') AS "useIsOld"
FROM tokens t
JOIN workspaces w ON w.id = t.workspace_id
JOIN members m ON m.id = t.member_id AND m.workspace_id = t.workspace_id
LEFT JOIN users u ON u.id = m.user_id
WHERE t.hash = $1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()) AND u.disabled_at IS NULL`;

const TOUCH_TOKEN = `
UPDATE tokens SET last_used_at = now()
WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`;

/** One statement, so the version and what it stands for are of one moment. */
const READ_WORKSPACE = `
SELECT json_build_object('id', w.id, 'slug', w.slug, 'name', w.name, 'version', w.version,
  'servers', (SELECT coalesce(json_agg(json_build_object('id', s.id, 'slug', s.slug, 'url', s.url,
      'transport', s.transport, 'headers', s.headers,
      'secrets', (SELECT coalesce(json_agg(json_build_object('name', x.name, 'version', x.version, 'origin', x.origin,
          'sealed', x.sealed, 'dataKeyId', x.data_key_id) ORDER BY x.name), '[]')
        FROM secrets x WHERE x.server_id = s.id AND x.workspace_id = w.id),
      'tools', (SELECT coalesce(json_agg(json_build_object('name', t.name, 'enabled', t.enabled,
          'definition', t.definition) ORDER BY t.name), '[]')
        FROM server_tools t WHERE t.server_id = s.id AND t.workspace_id = w.id)) ORDER BY s.slug), '[]')
    FROM servers s WHERE s.workspace_id = w.id AND s.enabled),
  'dataKeys', (SELECT coalesce(json_agg(json_build_object('id', k.id, 'masterKeyId', k.master_key_id,
      'wrapped', k.wrapped) ORDER BY k.id), '[]')
    FROM data_keys k WHERE k.workspace_id = w.id),
  'allowPrivate', coalesce((SELECT value FROM settings WHERE key = 'allow_private_upstreams'), '[]')) AS workspace
FROM workspaces w WHERE w.id = $1`;

/** A tool that an admin switched off stays known while its server does not list it: coming back must not switch it on. */
const SAVE_TOOLS = `
WITH server AS (SELECT id FROM servers WHERE id = $2 AND workspace_id = $1 FOR UPDATE),
seen AS (SELECT DISTINCT ON (name) name, definition FROM json_to_recordset($3::json) AS x(name text, definition text) ORDER BY name),
gone AS (DELETE FROM server_tools t USING server
  WHERE t.server_id = server.id AND t.workspace_id = $1 AND t.enabled AND t.name NOT IN (SELECT name FROM seen) RETURNING 1),
put AS (INSERT INTO server_tools (server_id, workspace_id, name, definition)
  SELECT server.id, $1, seen.name, seen.definition FROM server, seen ORDER BY seen.name
  ON CONFLICT (server_id, name) DO UPDATE SET definition = excluded.definition, seen_at = now()
    WHERE server_tools.definition <> excluded.definition RETURNING 1)
UPDATE workspaces SET version = version + 1
WHERE id = $1 AND (EXISTS (SELECT 1 FROM gone) OR EXISTS (SELECT 1 FROM put))`;

const END_SESSION = `
WITH old AS (DELETE FROM ended_sessions WHERE token_id = $2 AND expires_at < now())
INSERT INTO ended_sessions (id, token_id, expires_at) VALUES ($1, $2, to_timestamp($3::float8 / 1000)) ON CONFLICT DO NOTHING`;

/**
 * The gateway's reads. Each is one statement that holds the workspace's id in every part, so no row of another tenant
 * can come along.
 * @param options.allowPrivate hosts and CIDRs allowed by configuration; the instance page adds its own
 * @param options.onAllowPrivate told the merged list at each read of a workspace, so that the transport checks with the newest
 */
export function createDirectory(
  query: Query,
  options: { allowPrivate: string[]; onAllowPrivate?: (merged: string[]) => void },
): Directory {
  return {
    async findToken(hash) {
      const [row] = await query<Principal & { useIsOld: boolean }>(FIND_TOKEN, [hash]);
      if (!row) return null;
      const { useIsOld, ...principal } = row;
      // Nobody waits for it, and a failure costs no more than an older time on the tokens page.
      if (useIsOld) query(TOUCH_TOKEN, [principal.tokenId]).catch(() => {});
      return principal;
    },
    async readWorkspace(workspaceId) {
      const [row] = await query<{ workspace: WorkspaceSnapshot }>(READ_WORKSPACE, [workspaceId]);
      if (!row) return null;
      const allowPrivate = [...new Set([...options.allowPrivate, ...row.workspace.allowPrivate])];
      options.onAllowPrivate?.(allowPrivate);
      return { ...row.workspace, allowPrivate };
    },
    async saveTools(workspaceId, serverId, tools) {
      const seen = tools.map(({ name, definition }) => ({ name: storable(name), definition: storable(definition) }));
      await query(SAVE_TOOLS, [workspaceId, serverId, JSON.stringify(seen)]);
    },
    async endSession({ id, tokenId, expiresAt }) {
      await query(END_SESSION, [id, tokenId, expiresAt]);
    },
  };
}

const INTENT = `"id" text, "workspaceId" text, "occurredAt" float8, "memberId" text, "actorName" text, "actorEmail" text,
  "actorRole" text, "tokenId" text, "tokenPrefix" text, "clientName" text, "clientVersion" text, "sourceIp" text,
  "userAgent" text, "sessionId" text, "requestId" text, "method" text, "serverId" text, "server" text, "tool" text,
  "outcome" text, "errorClass" text, "errorCode" int, "requestBytes" int, "argsSha256" text, "secretsUsed" jsonb`;

const INSERT_INTENTS = `
INSERT INTO calls (id, workspace_id, occurred_at, member_id, actor_name, actor_email, actor_role, token_id, token_prefix,
  client_name, client_version, source_ip, user_agent, session_id, request_id, method, server_id, server, tool, outcome,
  error_class, error_code, request_bytes, args_sha256, secrets_used)
SELECT "id", "workspaceId", to_timestamp("occurredAt" / 1000), "memberId", "actorName", "actorEmail", "actorRole",
  "tokenId", "tokenPrefix", "clientName", "clientVersion", "sourceIp", "userAgent", "sessionId", "requestId", "method",
  "serverId", "server", "tool", "outcome", "errorClass", "errorCode", "requestBytes", "argsSha256", "secretsUsed"
FROM json_to_recordset($1::json) AS i(${INTENT}) ON CONFLICT DO NOTHING`;

/**
 * Both `|| ''` are there for the planner alone: it then expects one row, and looks each call up by its key and nothing
 * else. Without them, a plan made while the table is small (and kept, as the statement stays prepared) reads the whole
 * table, or all of the workspace's part of an index, for each batch.
 */
const updateOutcomes = (json: string) => `
UPDATE calls c SET outcome = o."outcome", error_class = o."errorClass", error_code = o."errorCode",
  upstream_status = o."upstreamStatus", duration_ms = o."durationMs", upstream_ms = o."upstreamMs",
  response_bytes = o."responseBytes"
FROM json_to_recordset(${json}::json) AS o("id" text, "workspaceId" text, "outcome" text, "errorClass" text,
  "errorCode" int, "upstreamStatus" int, "durationMs" float8, "upstreamMs" float8, "responseBytes" int)
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
