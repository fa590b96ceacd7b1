import type { Database } from "@/db/node";

/** Thirteen months up to now, as days of UTC. */
const DAYS = 395;
const MEMBERS = 30;
const TOOLS = 60;
const SERVERS = 12;

/** Shares of the first n: the second is half as frequent as the first, the third a third, and so on. */
function zipf(n: number): string {
  const weights = Array.from({ length: n }, (_, i) => 1 / (i + 1));
  const sumTo = (end: number) => weights.slice(0, end).reduce((sum, weight) => sum + weight, 0);
  return `ARRAY[${weights
    .slice(1)
    .map((_, i) => (sumTo(i + 1) / sumTo(n)).toFixed(6))
    .join(",")}]::float8[]`;
}

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
/** The id of `lib/ids.ts` for a time in ms, inlined: a function call a row would take most of the time. */
const ID = `'call_' || ${Array.from({ length: 9 }, (_, i) => `substr('${ALPHABET}', ((ms >> ${5 * (8 - i)}) & 31)::int + 1, 1)`).join(" || ")} || substr(md5(i || 'x' || ms), 1, 15)`;

/**
 * A day of calls in the order of their time: most of them in working hours, members and tools by Zipf, one in fifty a
 * failure, one in a hundred thousand of a rare kind; one in twenty of another workspace.
 */
const DAY = `
INSERT INTO calls (id, workspace_id, occurred_at, member_id, actor_name, actor_email, actor_role, token_id, token_prefix,
  client_name, client_version, source_ip, session_id, request_id, method, server_id, server, tool, tool_kind, outcome,
  error_class, upstream_status, duration_ms, upstream_ms, request_bytes, response_bytes, args_sha256, secrets_used)
SELECT ${ID}, CASE WHEN f < 0.95 THEN $1 ELSE 'ws_of_someone_else_' || (f * 1000)::int % 10 END, to_timestamp(ms / 1000.0),
  $4 || lpad(m::text, 2, '0'), 'Engineer ' || m, 'engineer' || m || '@example.com', 'member', 'tok_' || m, 'mwt_' || m,
  (ARRAY['cursor','claude-code','vscode','zed','codex','rare-client'])[CASE WHEN r < 0.00001 THEN 6 ELSE 1 + (m + (r < 0.15)::int) % 5 END],
  '1.' || extract(month FROM $2::timestamptz), '192.0.2.' || m, NULL, md5(i::text || ms), 'tools/call',
  'srv_' || t % ${SERVERS}, 'server' || t % ${SERVERS}, 'tool_' || t, (ARRAY['read','read','write','destructive'])[1 + t % 4],
  CASE WHEN e < 0.98 THEN 'ok' WHEN e < 0.988 THEN 'tool_error' WHEN e < 0.994 THEN 'error' WHEN e < 0.9999 THEN 'denied'
    WHEN e < 0.99999 THEN 'client_closed' ELSE 'unknown' END,
  CASE WHEN e < 0.98 THEN NULL WHEN e < 0.988 THEN 'tool_error' WHEN e < 0.991 THEN 'timeout' WHEN e < 0.99399 THEN 'network'
    WHEN e < 0.994 THEN 'rare_class' WHEN e < 0.9975 THEN 'tool_scope' WHEN e < 0.9999 THEN 'argument_rule' END,
  CASE WHEN e < 0.988 THEN 200 END, CASE WHEN e NOT BETWEEN 0.994 AND 0.9999 THEN d + g END,
  CASE WHEN e NOT BETWEEN 0.994 AND 0.9999 THEN d END, 100 + (r * 900)::int, 300 + (g * 1000)::int,
  md5(i::text) || md5(ms::text), '["API_KEY"]'
FROM (
  SELECT *, (20 + t * 5) * exp(0.7 * sqrt(-2 * ln(greatest(u, 1e-9))) * cos(6.2832 * r)) AS d, 0.3 + 2 * u * u AS g FROM (
    SELECT i, random() AS f, random() AS r, random() AS e, random() AS u,
      1 + width_bucket(random(), ${zipf(MEMBERS)}) AS m, 1 + width_bucket(random(), ${zipf(TOOLS)}) AS t,
      (extract(epoch FROM $2::timestamptz) * 1000)::bigint
        + floor((CASE WHEN random() < 0.9 THEN 8 + 10 * random() ELSE 24 * random() END) * 3600000)::bigint AS ms
    FROM generate_series(1, $3::int) AS i) AS drawn) AS row
WHERE to_timestamp(ms / 1000.0) < now() - interval '10 minutes'
ORDER BY ms`;

const INDEXES = `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
  WHERE tablename = 'calls' AND indexname <> 'calls_pkey'`;

/** Fills the calls of a workspace; indexes are made once all rows are there. */
export async function seed(
  query: Database["query"],
  workspaceId: string,
  memberPrefix: string,
  rows: number,
): Promise<void> {
  const today = Math.floor(Date.now() / 86_400_000) * 86_400_000;
  const days = Array.from({ length: DAYS }, (_, i) => today - (DAYS - 1 - i) * 86_400_000);
  const weight = (day: number) => (new Date(day).getUTCDay() % 6 === 0 ? 0.1 : 1);
  const all = days.reduce((sum, day) => sum + weight(day), 0);
  for (const day of days) await query("SELECT create_calls_partition($1::timestamptz)", [new Date(day).toISOString()]);
  const indexes = await query<{ name: string; definition: string }>(INDEXES);
  for (const { name } of indexes) await query(`DROP INDEX ${name}`);
  for (const day of days)
    await query(DAY, [
      workspaceId,
      new Date(day).toISOString(),
      Math.round((rows / 0.95) * (weight(day) / all)),
      memberPrefix,
    ]);
  for (const { definition } of indexes) await query(definition.replace(" ON ONLY ", " ON "));
  await query("VACUUM (ANALYZE) calls");
}
