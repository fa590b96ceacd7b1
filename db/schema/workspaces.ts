import { bigint, boolean, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns";

/** A named set of servers behind one gateway URL. */
export const workspaces = pgTable("workspaces", {
  id: id(),
  slug: text("slug").notNull().unique(),
  name: text("name").notNull(),
  /** Raised by every change the gateway must see (servers, tools, secrets, settings); caches and list_changed follow it. */
  version: bigint("version", { mode: "number" }).notNull().default(1),
  /** Raised by every change of who may come in (tokens, grants, members, ended sessions); the gateway then reads them anew. */
  accessVersion: bigint("access_version", { mode: "number" }).notNull().default(1),
  /** How many days the payloads of calls (arguments; results too, where `keepResults`) are kept, sealed; 0: not at all. */
  keepArgumentsDays: integer("keep_arguments_days").notNull().default(0),
  keepResults: boolean("keep_results").notNull().default(false),
  /** Fields of payloads whose values are left out before they are sealed, besides those that always are; lower case. */
  redactFields: jsonb("redact_fields").$type<string[]>().notNull().default([]),
  /** How many days calls stay in the log. */
  retentionDays: integer("retention_days").notNull().default(400),
  /** Addresses and CIDRs that the gateway takes requests from; empty: everywhere. */
  ipAllow: jsonb("ip_allow").$type<string[]>().notNull().default([]),
  /** Longest life of a new token, in days; null: no bound. */
  maxTokenDays: integer("max_token_days"),
  /** Longest exposed tool name, in characters, 45 to 64. */
  nameLength: integer("name_length").notNull().default(45),
  /** Clients get tools that find, describe and call the others, in place of the full list. */
  searchMode: boolean("search_mode").notNull().default(false),
  /** Longest result that goes out whole, in characters; null: no bound. */
  resultCap: integer("result_cap"),
  /** When an admin put the set-up aside. */
  setupSkippedAt: instant("setup_skipped_at"),
  createdAt: createdAt(),
});
