import { index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import type { Manifest } from "@/lib/functions/manifest";
import { createdAt, id, instant } from "./columns";
import { servers } from "./servers";
import { workspaces } from "./workspaces";

/** A hosted MCP server's source as its authors edit it. The server row (kind `hosted`) carries slug, name and switch. */
export const functions = pgTable(
  "functions",
  {
    id: id(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    serverId: text("server_id")
      .notNull()
      .unique()
      .references(() => servers.id, { onDelete: "cascade" }),
    /** Text of each file by its path; the draft, which differs from what is deployed until it is deployed. */
    files: jsonb("files").$type<Record<string, string>>().notNull(),
    entry: text("entry").notNull(),
    /** Plain settings given to the function as they are. */
    vars: jsonb("vars").$type<Record<string, string>>().notNull().default({}),
    /** Raised by each change of what a running isolate was started with (vars); part of its name. */
    rev: integer("rev").notNull().default(0),
    /** The deployment that answers; null before the first one. No foreign key: the two tables name each other. */
    activeDeploymentId: text("active_deployment_id"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [index().on(table.workspaceId, table.id)],
);

/** One immutable, content-addressed build of a function, tried before it was kept. */
export const deployments = pgTable(
  "deployments",
  {
    id: id(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    functionId: text("function_id")
      .notNull()
      .references(() => functions.id, { onDelete: "cascade" }),
    /** From 1, for people. */
    version: integer("version").notNull(),
    /** SHA-256 of `code`, lower-case hex. */
    sha256: text("sha256").notNull(),
    /** One ES module, at most 10 MiB. */
    code: text("code").notNull(),
    /** The source that it was built from, for reading and comparing. */
    files: jsonb("files").$type<Record<string, string>>().notNull(),
    entry: text("entry").notNull(),
    manifest: jsonb("manifest").$type<Manifest>().notNull(),
    /** Its tools as the trial listed them, JSON text of each. */
    tools: jsonb("tools").$type<{ name: string; definition: string }[]>().notNull(),
    /** How long it took to start in the trial. */
    startMs: integer("start_ms").notNull(),
    note: text("note"),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
  },
  (table) => [unique().on(table.functionId, table.version), index().on(table.workspaceId, table.id)],
);
