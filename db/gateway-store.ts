import { allows } from "@/lib/access/permissions";
import type { Directory, Principal, WorkspaceSnapshot } from "@/lib/gateway/ports";
import { storable } from "./escape";
import type { Query } from "./query";

/** A credential `c` with its workspace and member: one statement, so that all of it is of one moment. */
const findPrincipal = (table: "tokens" | "oauth_grants", condition: string) => `
SELECT c.id AS "tokenId", ${table === "tokens" ? "c.prefix" : "'oauth'"} AS "tokenPrefix",
  '${table === "tokens" ? "token" : "oauth"}' AS method, (extract(epoch FROM c.expires_at - now()) * 1000)::float8 AS "endsInMs",
  w.id AS "workspaceId", w.slug AS "workspaceSlug", w.version::float8 AS "workspaceVersion",
  w.access_version::float8 AS "accessVersion", m.id AS "memberId", m.name, coalesce(m.email, u.email) AS email, m.role,
  m.tool_scope AS "toolScope",
  ARRAY(SELECT e.id FROM ended_sessions e WHERE e.token_id = c.id AND e.expires_at > now()) AS "endedSessions"
FROM ${table} c
JOIN workspaces w ON w.id = c.workspace_id
JOIN members m ON m.id = c.member_id AND m.workspace_id = c.workspace_id
LEFT JOIN users u ON u.id = m.user_id
WHERE ${condition} AND c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > now()) AND u.disabled_at IS NULL`;

const FIND_TOKEN = findPrincipal("tokens", "c.hash = $1");
const FIND_GRANT = findPrincipal("oauth_grants", "c.id = $1");

const READ_VERSIONS = `
SELECT id, version::float8 AS version, access_version::float8 AS "accessVersion"
FROM workspaces WHERE id IN (SELECT json_array_elements_text($1::json))`;

/** Other nodes touch the same rows, so the statement keeps to a minute too; a client's name is worth an earlier write. */
const touch = (table: "tokens" | "oauth_grants") => `
WITH used AS (UPDATE ${table} SET last_used_at = now(), last_used_ip = $3, last_used_client = coalesce($4, last_used_client),
    listed_at = CASE WHEN $6::boolean THEN now() ELSE listed_at END
  WHERE id = $2 AND workspace_id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '50 seconds'
    OR (last_used_client IS NULL AND $4::text IS NOT NULL)
    OR ($6::boolean AND (listed_at IS NULL OR listed_at < now() - interval '50 seconds'))))
UPDATE secrets x SET last_used_at = now()
FROM json_to_recordset($5::json) AS u("serverId" text, name text, "memberId" text)
WHERE x.workspace_id = $1 AND x.server_id = u."serverId" AND x.name = u.name
  AND x.member_id IS NOT DISTINCT FROM u."memberId"
  AND (x.last_used_at IS NULL OR x.last_used_at < now() - interval '50 seconds')`;

const TOUCH = { token: touch("tokens"), oauth: touch("oauth_grants") };

/**
 * One statement, so the version and what it stands for are of one moment. A hosted server is there once a deployment of
 * it answers.
 */
const READ_WORKSPACE = `
SELECT json_build_object('id', w.id, 'slug', w.slug, 'name', w.name, 'version', w.version,
  'nameLength', w.name_length, 'searchMode', w.search_mode, 'resultCap', w.result_cap,
  'servers', (SELECT coalesce(json_agg(json_build_object('id', s.id, 'slug', s.slug, 'url', s.url,
      'transport', s.transport,
      'era', CASE WHEN s.protocol_version >= '2026' THEN 'modern' WHEN s.protocol_version IS NOT NULL THEN 'legacy' END,
      'capabilities', s.capabilities, 'headers', s.headers, 'secretModes', s.secret_modes,
      'hosted', CASE WHEN d.id IS NOT NULL THEN json_build_object('dep', d.sha256, 'rev', f.rev) END,
      'secrets', (SELECT coalesce(json_agg(json_build_object('name', x.name, 'memberId', x.member_id, 'version', x.version,
          'origin', x.origin, 'sealed', x.sealed, 'dataKeyId', x.data_key_id) ORDER BY x.name, x.id), '[]')
        FROM secrets x WHERE x.server_id = s.id AND x.workspace_id = w.id),
      'tools', (SELECT coalesce(json_agg(json_build_object('name', t.name, 'enabled', t.enabled,
          'definition', t.definition, 'alias', t.alias, 'description', t.description) ORDER BY t.name), '[]')
        FROM server_tools t WHERE t.server_id = s.id AND t.workspace_id = w.id)) ORDER BY s.slug), '[]')
    FROM servers s
    LEFT JOIN functions f ON s.kind = 'hosted' AND f.server_id = s.id AND f.workspace_id = w.id
    LEFT JOIN deployments d ON d.id = f.active_deployment_id AND d.function_id = f.id AND d.workspace_id = w.id
    WHERE s.workspace_id = w.id AND s.enabled AND (s.kind <> 'hosted' OR d.id IS NOT NULL)),
  'formerNames', (SELECT coalesce(json_agg(json_build_object('name', n.name, 'serverId', n.server_id, 'tool', n.tool)
      ORDER BY n.name), '[]')
    FROM former_names n WHERE n.workspace_id = w.id AND n.until > now()),
  'rules', (SELECT coalesce(json_agg(json_build_object('id', r.id, 'serverId', r.server_id, 'tool', r.tool,
      'memberId', r.member_id, 'role', r.role, 'conditions', r.conditions) ORDER BY r.id), '[]')
    FROM argument_rules r WHERE r.workspace_id = w.id),
  'keepArguments', w.keep_arguments_days > 0, 'keepResults', w.keep_arguments_days > 0 AND w.keep_results,
  'redactFields', w.redact_fields, 'ipAllow', w.ip_allow,
  'dataKeys', (SELECT coalesce(json_agg(json_build_object('id', k.id, 'masterKeyId', k.master_key_id,
      'wrapped', k.wrapped) ORDER BY k.created_at, k.id), '[]')
    FROM data_keys k WHERE k.workspace_id = w.id),
  'allowPrivate', coalesce((SELECT value FROM settings WHERE key = 'allow_private_upstreams'), '[]')) AS workspace
FROM workspaces w WHERE w.id = $1`;

/**
 * A tool that an admin switched off stays known while its server does not list it: coming back must not switch it on. One
 * that an admin named or described otherwise stays with an empty definition, which nobody lists.
 */
const SAVE_TOOLS = `
WITH server AS (SELECT id FROM servers WHERE id = $2 AND workspace_id = $1 FOR UPDATE),
seen AS (SELECT DISTINCT ON (name) name, definition FROM json_to_recordset($3::json) AS x(name text, definition text) ORDER BY name),
gone AS (DELETE FROM server_tools t USING server
  WHERE t.server_id = server.id AND t.workspace_id = $1 AND t.enabled AND t.name NOT IN (SELECT name FROM seen)
    AND t.alias IS NULL AND t.description IS NULL RETURNING 1),
emptied AS (UPDATE server_tools t SET definition = '{}' FROM server
  WHERE t.server_id = server.id AND t.workspace_id = $1 AND t.enabled AND t.name NOT IN (SELECT name FROM seen)
    AND (t.alias IS NOT NULL OR t.description IS NOT NULL) AND t.definition <> '{}' RETURNING 1),
put AS (INSERT INTO server_tools (server_id, workspace_id, name, definition)
  SELECT server.id, $1, seen.name, seen.definition FROM server, seen ORDER BY seen.name
  ON CONFLICT (server_id, name) DO UPDATE SET definition = excluded.definition, seen_at = now()
    WHERE server_tools.definition <> excluded.definition RETURNING 1)
UPDATE workspaces SET version = version + 1
WHERE id = $1 AND (EXISTS (SELECT 1 FROM gone) OR EXISTS (SELECT 1 FROM emptied) OR EXISTS (SELECT 1 FROM put))`;

/** Raises the version of access, so that every node reads the token anew and learns of the end. */
const END_SESSION = `
WITH old AS (DELETE FROM ended_sessions WHERE token_id = $2 AND expires_at < now()),
ended AS (INSERT INTO ended_sessions (id, token_id, expires_at) VALUES ($1, $2, to_timestamp($3::float8 / 1000))
  ON CONFLICT DO NOTHING RETURNING 1)
UPDATE workspaces SET access_version = access_version + 1 WHERE id = $4 AND EXISTS (SELECT 1 FROM ended)`;

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
  const find = async (statement: string, key: string): Promise<Principal | null> => {
    const askedAt = Date.now();
    const [row] = await query<Omit<Principal, "expiresAt"> & { endsInMs: number | null }>(statement, [key]);
    if (!row || !allows(row.role, "gateway.use")) return null;
    const { endsInMs, ...principal } = row;
    // Credentials end by the database's clock, however wrong this node's own may be.
    return { ...principal, expiresAt: endsInMs === null ? null : askedAt + endsInMs };
  };
  return {
    findToken: (hash) => find(FIND_TOKEN, hash),
    findGrant: (grantId) => find(FIND_GRANT, grantId),
    readVersions: (workspaceIds) => query(READ_VERSIONS, [JSON.stringify(workspaceIds)]),
    async touch({ workspaceId, method, tokenId, sourceIp, client, listed, secrets }) {
      const name = client === null ? null : storable(client);
      await query(TOUCH[method], [workspaceId, tokenId, sourceIp, name, JSON.stringify(secrets), listed]);
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
    async endSession({ id, tokenId, workspaceId, expiresAt }) {
      await query(END_SESSION, [id, tokenId, expiresAt, workspaceId]);
    },
  };
}
