-- Weeks that the fold makes from here on, of what was folded before.
INSERT INTO "call_rollups" (workspace_id, slice, grain, start, member_id, server, tool, tool_kind, client_name, client_version, outcome, error_class, calls, actor_name, first_at, last_at)
SELECT workspace_id, 'tools', 'week', start, '', server, tool, '', '', '', outcome, '', sum(calls)::int, '', min(first_at), max(last_at)
FROM "call_rollups" WHERE slice = 'what' AND grain = 'week' GROUP BY workspace_id, start, server, tool, outcome;--> statement-breakpoint
INSERT INTO "latency_rollups" (workspace_id, slice, grain, start, member_id, server, tool, total, upstream, gateway)
SELECT workspace_id, slice, 'week', start, member_id, server, tool, histogram(bucket, total), histogram(bucket, upstream), histogram(bucket, gateway)
FROM (SELECT r.workspace_id, r.slice, date_trunc('week', r.start, 'UTC') AS start, r.member_id, r.server, r.tool, (b.bucket - 1)::int AS bucket,
    sum(b.total)::int AS total, sum(b.upstream)::int AS upstream, sum(b.gateway)::int AS gateway
  FROM "latency_rollups" r CROSS JOIN LATERAL unnest(r.total, r.upstream, r.gateway) WITH ORDINALITY AS b(total, upstream, gateway, bucket)
  WHERE r.grain = 'day' GROUP BY 1, 2, 3, 4, 5, 6, 7) AS cells
GROUP BY workspace_id, slice, start, member_id, server, tool;
