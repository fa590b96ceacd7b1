import { boolean, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns";
import { workspaces } from "./workspaces";

export const TRANSPORTS = ["streamable-http", "sse"] as const;
export type Transport = (typeof TRANSPORTS)[number];
export const SERVER_KINDS = ["hosted", "proxy", "hub"] as const;
export type ServerKind = (typeof SERVER_KINDS)[number];

/** One header to send upstream; `template` may hold `{{NAME}}` and `{{b64:A:B}}`, filled from the server's secrets at each call. */
export interface HeaderTemplate {
  name: string;
  template: string;
}

/** Whose value fills a secret: the workspace's, each member's own, or the member's where there is one, else the workspace's. */
export const SECRET_MODES = ["shared", "member", "member_or_shared"] as const;
export type SecretMode = (typeof SECRET_MODES)[number];

/** An MCP server in a workspace; its slug prefixes its tools. */
export const servers = pgTable(
  "servers",
  {
    id: id(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    kind: text("kind", { enum: SERVER_KINDS }).notNull(),
    url: text("url").notNull(),
    transport: text("transport", { enum: TRANSPORTS }).notNull(),
    headers: jsonb("headers").$type<HeaderTemplate[]>().notNull().default([]),
    /** By secret name; a name that is missing here is `shared`. */
    secretModes: jsonb("secret_modes").$type<Record<string, SecretMode>>().notNull().default({}),
    /** Slug of the Hub listing it was installed from. */
    listing: text("listing"),
    enabled: boolean("enabled").notNull().default(true),
    /** What the last successful probe learned. */
    protocolVersion: text("protocol_version"),
    capabilities: jsonb("capabilities").$type<Record<string, unknown>>(),
    serverName: text("server_name"),
    serverVersion: text("server_version"),
    probedAt: instant("probed_at"),
    /** Why the last probe failed, in words for an admin; null after a good one. */
    problem: text("problem"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [unique().on(table.workspaceId, table.slug)],
);
