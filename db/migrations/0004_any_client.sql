CREATE TABLE "former_names" (
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"server_id" text NOT NULL,
	"tool" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "former_names_workspace_id_name_pk" PRIMARY KEY("workspace_id","name")
);
--> statement-breakpoint
CREATE TABLE "kept_results" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"member_id" text NOT NULL,
	"sealed" text NOT NULL,
	"data_key_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "node_messages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "node_messages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"node" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "nodes" (
	"id" text PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "server_tools" ADD COLUMN "alias" text;--> statement-breakpoint
ALTER TABLE "server_tools" ADD COLUMN "description" text;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "capabilities" jsonb;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "name_length" integer DEFAULT 45 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "search_mode" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "result_cap" integer;--> statement-breakpoint
ALTER TABLE "former_names" ADD CONSTRAINT "former_names_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "former_names" ADD CONSTRAINT "former_names_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kept_results" ADD CONSTRAINT "kept_results_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kept_results" ADD CONSTRAINT "kept_results_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "former_names_server_id_index" ON "former_names" USING btree ("server_id");--> statement-breakpoint
CREATE INDEX "kept_results_workspace_id_index" ON "kept_results" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "kept_results_expires_at_index" ON "kept_results" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "node_messages_node_index" ON "node_messages" USING btree ("node");