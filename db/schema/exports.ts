import { sql } from "drizzle-orm";
import { bigint, boolean, customType, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns";
import { workspaces } from "./workspaces";

export const EXPORT_KINDS = ["calls", "audit"] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];
export const EXPORT_FORMATS = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
/** `streamed` went straight to the browser and is kept nowhere; `expired`: its file is deleted, what it was stays listed. */
export const EXPORT_STATES = ["queued", "running", "ready", "streamed", "failed", "canceled", "expired"] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

/** One export of calls or audit events: what was asked for, how far it is, and what came out. */
export const exports = pgTable(
  "exports",
  {
    id: id(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: EXPORT_KINDS }).notNull(),
    format: text("format", { enum: EXPORT_FORMATS }).notNull(),
    /** As asked for, ranges resolved to absolute UTC. */
    filters: jsonb("filters").$type<Record<string, unknown>>().notNull(),
    /** Adds the byte order mark that makes Excel read UTF-8; adds kept payloads. */
    options: jsonb("options").$type<{ excel?: boolean; payloads?: boolean }>().notNull().default({}),
    filename: text("filename").notNull(),
    state: text("state", { enum: EXPORT_STATES }).notNull(),
    /** Made by a worker and kept for some days; else it goes to who asked while it is made. */
    background: boolean("background").notNull().default(false),
    /** Whose rows it holds: null for all of the workspace, else this member's own. */
    memberId: text("member_id"),
    createdBy: text("created_by"),
    createdByName: text("created_by_name").notNull(),
    createdByRole: text("created_by_role").notNull(),
    /** Greatest id that belongs to it; frozen when it starts. */
    newest: text("newest"),
    /** Rows counted at the start, and rows written so far. */
    expectedRows: integer("expected_rows"),
    rows: integer("rows").notNull().default(0),
    /** Of the file as it is downloaded, uncompressed. */
    bytes: bigint("bytes", { mode: "number" }).notNull().default(0),
    sha256: text("sha256"),
    /** Why it failed, in words. */
    problem: text("problem"),
    /** The node that works on it has until then to say so again; afterwards another takes over. */
    leaseUntil: instant("lease_until"),
    /** Who holds the lease: another name each time it is taken, so that a worker believed dead cannot write any more. */
    worker: text("worker"),
    /** How often a worker began; a job that ends every worker is given up. */
    attempts: integer("attempts").notNull().default(0),
    finishedAt: instant("finished_at"),
    expiresAt: instant("expires_at"),
    createdAt: createdAt(),
  },
  (table) => [
    index("exports_workspace_id_idx").on(table.workspaceId, table.id),
    // The few that are not finished: workers look for them every few seconds.
    index("exports_open_idx").on(table.id).where(sql`state IN ('queued', 'running')`),
  ],
);

/** The file of a finished job, gzipped in pieces, in the database: whichever node is asked can answer. */
export const exportChunks = pgTable(
  "export_chunks",
  {
    exportId: text("export_id")
      .notNull()
      .references(() => exports.id, { onDelete: "cascade" }),
    seq: integer("seq").notNull(),
    data: bytes("data").notNull(),
  },
  (table) => [primaryKey({ columns: [table.exportId, table.seq] })],
);
