CREATE TABLE "egress_records" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"server_id" text NOT NULL,
	"sha256" text NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"member_id" text,
	"call_id" text,
	"method" text NOT NULL,
	"host" text NOT NULL,
	"path" text NOT NULL,
	"status" integer NOT NULL,
	"verdict" text NOT NULL,
	"ms" double precision NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deployments" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"function_id" text NOT NULL,
	"version" integer NOT NULL,
	"sha256" text NOT NULL,
	"code" text NOT NULL,
	"files" jsonb NOT NULL,
	"entry" text NOT NULL,
	"manifest" jsonb NOT NULL,
	"tools" jsonb NOT NULL,
	"start_ms" integer NOT NULL,
	"note" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deployments_function_id_version_unique" UNIQUE("function_id","version")
);
--> statement-breakpoint
CREATE TABLE "functions" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"server_id" text NOT NULL,
	"files" jsonb NOT NULL,
	"entry" text NOT NULL,
	"vars" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"rev" integer DEFAULT 0 NOT NULL,
	"active_deployment_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "functions_server_id_unique" UNIQUE("server_id")
);
--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_function_id_functions_id_fk" FOREIGN KEY ("function_id") REFERENCES "public"."functions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "functions" ADD CONSTRAINT "functions_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "functions" ADD CONSTRAINT "functions_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "egress_records_workspace_id_id_index" ON "egress_records" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "egress_records_call_id_index" ON "egress_records" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "deployments_workspace_id_id_index" ON "deployments" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "functions_workspace_id_id_index" ON "functions" USING btree ("workspace_id","id");