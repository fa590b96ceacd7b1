CREATE TABLE "call_rollups" (
	"workspace_id" text NOT NULL,
	"slice" text NOT NULL,
	"grain" text NOT NULL,
	"start" timestamp (3) with time zone NOT NULL,
	"member_id" text NOT NULL,
	"server" text NOT NULL,
	"tool" text NOT NULL,
	"tool_kind" text NOT NULL,
	"client_name" text NOT NULL,
	"client_version" text NOT NULL,
	"outcome" text NOT NULL,
	"error_class" text NOT NULL,
	"calls" integer NOT NULL,
	"actor_name" text NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "call_rollups_pk" PRIMARY KEY("workspace_id","slice","grain","start","member_id","server","tool","tool_kind","client_name","client_version","outcome","error_class")
);
--> statement-breakpoint
CREATE TABLE "latency_rollups" (
	"workspace_id" text NOT NULL,
	"slice" text NOT NULL,
	"grain" text NOT NULL,
	"start" timestamp (3) with time zone NOT NULL,
	"member_id" text NOT NULL,
	"server" text NOT NULL,
	"tool" text NOT NULL,
	"total" integer[] NOT NULL,
	"upstream" integer[] NOT NULL,
	"gateway" integer[] NOT NULL,
	CONSTRAINT "latency_rollups_pk" PRIMARY KEY("workspace_id","slice","grain","member_id","server","tool","start")
);
--> statement-breakpoint
CREATE TABLE "rollup_state" (
	"id" text PRIMARY KEY NOT NULL,
	"up_to" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "export_chunks" (
	"export_id" text NOT NULL,
	"seq" integer NOT NULL,
	"data" "bytea" NOT NULL,
	CONSTRAINT "export_chunks_export_id_seq_pk" PRIMARY KEY("export_id","seq")
);
--> statement-breakpoint
CREATE TABLE "exports" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"format" text NOT NULL,
	"filters" jsonb NOT NULL,
	"options" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"filename" text NOT NULL,
	"state" text NOT NULL,
	"background" boolean DEFAULT false NOT NULL,
	"member_id" text,
	"created_by" text,
	"created_by_name" text NOT NULL,
	"created_by_role" text NOT NULL,
	"newest" text,
	"expected_rows" integer,
	"rows" integer DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"sha256" text,
	"problem" text,
	"lease_until" timestamp (3) with time zone,
	"worker" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "actor_role" text;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "first_call_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "oauth_grants" ADD COLUMN "listed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "server_tools" ADD COLUMN "reviewed" text;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "listing" text;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "listed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "keep_results" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "redact_fields" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "retention_days" integer DEFAULT 400 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "ip_allow" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "max_token_days" integer;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "setup_skipped_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "export_chunks" ADD CONSTRAINT "export_chunks_export_id_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."exports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "exports_workspace_id_idx" ON "exports" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "exports_open_idx" ON "exports" USING btree ("id") WHERE state IN ('queued', 'running');--> statement-breakpoint
CREATE INDEX "call_rollups_member_idx" ON "call_rollups" USING btree ("workspace_id","grain","member_id","start") WHERE slice = 'all';--> statement-breakpoint
CREATE INDEX "call_rollups_tool_idx" ON "call_rollups" USING btree ("workspace_id","grain","server","tool","start") WHERE slice = 'all';--> statement-breakpoint
UPDATE "server_tools" SET "reviewed" = "definition";--> statement-breakpoint
-- From here on by hand: Drizzle knows no partitions. The smallest id of a call made at that time, as lib/ids.ts makes it.
CREATE FUNCTION call_id_floor(at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT 'call_' || string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', ((ms >> (5 * (8 - i))) & 31)::int + 1, 1), '' ORDER BY i)
  FROM (SELECT floor(extract(epoch FROM at) * 1000)::bigint AS ms) AS t, generate_series(0, 8) AS i
$$;--> statement-breakpoint
-- Histograms: an array of counts by bucket (numbers from 0), as long as its last bucket; null where nothing was counted.
CREATE FUNCTION histogram_add(state int[], bucket int, n int) RETURNS int[] LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF n > 0 THEN state[bucket + 1] := coalesce(state[bucket + 1], 0) + n; END IF;
  RETURN state;
END $$;--> statement-breakpoint
-- Starts with a bucket: the first assignment to an empty array would make its own index the array's lower bound, and readers count from 1.
CREATE AGGREGATE histogram(int, int) (SFUNC = histogram_add, STYPE = int[], INITCOND = '{0}');--> statement-breakpoint
-- Makes the partition of a month (UTC) where it is missing; rows that the default partition holds of it move in.
CREATE FUNCTION create_calls_partition(at timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  month timestamp := date_trunc('month', at AT TIME ZONE 'UTC');
  name text := 'calls_' || to_char(month, 'YYYY_MM');
  low text := call_id_floor(month AT TIME ZONE 'UTC');
  high text := call_id_floor((month + interval '1 month') AT TIME ZONE 'UTC');
BEGIN
  PERFORM pg_advisory_xact_lock(7261540222);
  IF to_regclass(name) IS NOT NULL THEN RETURN false; END IF;
  EXECUTE format('CREATE TABLE %I (LIKE calls INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
  EXECUTE format('WITH moved AS (DELETE FROM calls_default WHERE id >= %L AND id < %L RETURNING *) INSERT INTO %I SELECT * FROM moved', low, high, name);
  EXECUTE format('ALTER TABLE calls ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, low, high);
  RETURN true;
END $$;--> statement-breakpoint
ALTER TABLE "calls" RENAME TO "calls_before";--> statement-breakpoint
CREATE TABLE "calls" (
	"id" text COLLATE "C" NOT NULL,
	"workspace_id" text NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"member_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"actor_email" text,
	"actor_role" text NOT NULL,
	"token_id" text NOT NULL,
	"token_prefix" text NOT NULL,
	"auth_method" text DEFAULT 'token' NOT NULL,
	"client_name" text,
	"client_version" text,
	"source_ip" text,
	"user_agent" text,
	"session_id" text,
	"request_id" text NOT NULL,
	"method" text NOT NULL,
	"server_id" text,
	"server" text NOT NULL,
	"tool" text NOT NULL,
	"tool_kind" text,
	"outcome" text NOT NULL,
	"error_class" text,
	"error_code" integer,
	"upstream_status" integer,
	"duration_ms" double precision,
	"upstream_ms" double precision,
	"before_ms" double precision,
	"request_bytes" integer NOT NULL,
	"response_bytes" integer,
	"args_sha256" text,
	"args_sealed" text,
	"args_key_id" text,
	"result_sealed" text,
	"result_key_id" text,
	"secrets_used" jsonb
) PARTITION BY RANGE ("id");--> statement-breakpoint
CREATE TABLE "calls_default" PARTITION OF "calls" DEFAULT;--> statement-breakpoint
SELECT create_calls_partition(month) FROM (
  SELECT DISTINCT date_trunc('month', occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS month FROM "calls_before"
) AS months ORDER BY month;--> statement-breakpoint
INSERT INTO "calls" (id, workspace_id, occurred_at, member_id, actor_name, actor_email, actor_role, token_id, token_prefix, auth_method, client_name, client_version, source_ip, user_agent, session_id, request_id, method, server_id, server, tool, outcome, error_class, error_code, upstream_status, duration_ms, upstream_ms, request_bytes, response_bytes, args_sha256, args_sealed, args_key_id, secrets_used)
SELECT id, workspace_id, occurred_at, member_id, actor_name, actor_email, actor_role, token_id, token_prefix, auth_method, client_name, client_version, source_ip, user_agent, session_id, request_id, method, server_id, server, tool, outcome, error_class, error_code, upstream_status, duration_ms, upstream_ms, request_bytes, response_bytes, args_sha256, args_sealed, args_key_id, secrets_used FROM "calls_before";--> statement-breakpoint
DROP TABLE "calls_before";--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_pkey" PRIMARY KEY ("id");--> statement-breakpoint
CREATE INDEX "calls_workspace_id_idx" ON "calls" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "calls_workspace_member_id_idx" ON "calls" USING btree ("workspace_id","member_id","id");--> statement-breakpoint
CREATE INDEX "calls_workspace_tool_idx" ON "calls" USING btree ("workspace_id","server","tool","id");--> statement-breakpoint
CREATE INDEX "calls_kept_payloads_idx" ON "calls" USING btree ("workspace_id","id") WHERE args_sealed IS NOT NULL OR result_sealed IS NOT NULL;--> statement-breakpoint
SELECT create_calls_partition(now() + make_interval(months => m)) FROM generate_series(0, 2) AS m;
