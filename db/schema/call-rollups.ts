import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { OUTCOMES } from "./calls";
import { instant } from "./columns";

/**
 * Width of a rollup row: an hour, a day of UTC, or a week from Monday. Days and weeks stay as long as calls do, hours for
 * some weeks (`lib/services/analytics/slices.ts`).
 */
export const GRAINS = ["hour", "day", "week"] as const;
export type Grain = (typeof GRAINS)[number];
/**
 * By what the rows of a slice tell calls apart (same place); every call is counted once in each. A chart reads the smallest
 * that knows what it groups and filters by: most do with `how`, `who` or `what`, which stay small however many calls there are.
 * `tools` (how each tool did) and `pairs` (who used what at all) have weeks only.
 */
export const SLICES = ["how", "who", "tools", "what", "pairs", "all"] as const;
export type Slice = (typeof SLICES)[number];

/** Calls counted by what a chart groups or filters by. What is not known, or not told apart, is the empty text. */
export const callRollups = pgTable(
  "call_rollups",
  {
    workspaceId: text("workspace_id").notNull(),
    slice: text("slice", { enum: SLICES }).notNull(),
    grain: text("grain", { enum: GRAINS }).notNull(),
    /** Start of the hour, day or week, UTC. */
    start: instant("start").notNull(),
    memberId: text("member_id").notNull(),
    server: text("server").notNull(),
    tool: text("tool").notNull(),
    toolKind: text("tool_kind").notNull(),
    clientName: text("client_name").notNull(),
    clientVersion: text("client_version").notNull(),
    outcome: text("outcome", { enum: OUTCOMES }).notNull(),
    errorClass: text("error_class").notNull(),
    calls: integer("calls").notNull(),
    /** As named in the newest of these calls; members may be gone by now. */
    actorName: text("actor_name").notNull(),
    firstAt: instant("first_at").notNull(),
    lastAt: instant("last_at").notNull(),
  },
  (table) => [
    primaryKey({
      name: "call_rollups_pk",
      columns: [
        table.workspaceId,
        table.slice,
        table.grain,
        table.start,
        table.memberId,
        table.server,
        table.tool,
        table.toolKind,
        table.clientName,
        table.clientVersion,
        table.outcome,
        table.errorClass,
      ],
    }),
    // One member's, or one server's, rows of a long range.
    index("call_rollups_member_idx")
      .on(table.workspaceId, table.grain, table.memberId, table.start)
      .where(sql`slice = 'all'`),
    index("call_rollups_tool_idx")
      .on(table.workspaceId, table.grain, table.server, table.tool, table.start)
      .where(sql`slice = 'all'`),
  ],
);

/** Whose durations a histogram is of. */
export const LATENCY_SLICES = ["total", "server", "tool", "member"] as const;
export type LatencySlice = (typeof LATENCY_SLICES)[number];

/**
 * Histograms of durations, for percentiles that add up over any range: arrays of calls by bucket (`lib/latency-buckets.ts`).
 * Each finished call counts once in each slice; what a slice does not tell apart is the empty text.
 */
export const latencyRollups = pgTable(
  "latency_rollups",
  {
    workspaceId: text("workspace_id").notNull(),
    slice: text("slice", { enum: LATENCY_SLICES }).notNull(),
    grain: text("grain", { enum: GRAINS }).notNull(),
    start: instant("start").notNull(),
    memberId: text("member_id").notNull(),
    server: text("server").notNull(),
    tool: text("tool").notNull(),
    /** Of the whole duration, of the time at the server, and of the rest, the gateway's share. */
    total: integer("total").array().notNull(),
    upstream: integer("upstream").array().notNull(),
    gateway: integer("gateway").array().notNull(),
  },
  (table) => [
    primaryKey({
      name: "latency_rollups_pk",
      columns: [table.workspaceId, table.slice, table.grain, table.memberId, table.server, table.tool, table.start],
    }),
  ],
);

/** How far the rollups reach: every call with a smaller id is in them, and none with a greater one. One row. */
export const rollupState = pgTable("rollup_state", {
  id: text("id").primaryKey(),
  upTo: text("up_to").notNull(),
});
