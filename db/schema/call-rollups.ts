import { bigint, integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { OUTCOMES } from "./calls";
import { instant } from "./columns";

/** Width of a rollup row: an hour, or a day of UTC. Long ranges read days, so that no chart reads more than some 100,000 rows. */
export const GRAINS = ["hour", "day"] as const;
export type Grain = (typeof GRAINS)[number];

/** Calls counted by everything a chart groups or filters by. What is not known is the empty text, so that keys are whole. */
export const callRollups = pgTable(
  "call_rollups",
  {
    workspaceId: text("workspace_id").notNull(),
    grain: text("grain", { enum: GRAINS }).notNull(),
    /** Start of the hour or day, UTC. */
    start: instant("start").notNull(),
    memberId: text("member_id").notNull(),
    server: text("server").notNull(),
    tool: text("tool").notNull(),
    clientName: text("client_name").notNull(),
    clientVersion: text("client_version").notNull(),
    outcome: text("outcome", { enum: OUTCOMES }).notNull(),
    errorClass: text("error_class").notNull(),
    calls: integer("calls").notNull(),
    requestBytes: bigint("request_bytes", { mode: "number" }).notNull(),
    responseBytes: bigint("response_bytes", { mode: "number" }).notNull(),
    /** As named in the newest of these calls; members may be gone by now. */
    actorName: text("actor_name").notNull(),
    lastAt: instant("last_at").notNull(),
  },
  (table) => [
    primaryKey({
      name: "call_rollups_pk",
      columns: [
        table.workspaceId,
        table.grain,
        table.start,
        table.memberId,
        table.server,
        table.tool,
        table.clientName,
        table.clientVersion,
        table.outcome,
        table.errorClass,
      ],
    }),
  ],
);

/**
 * Histograms of durations, one row a bucket (`lib/latency-buckets.ts`), for percentiles that add up over any range. Each
 * finished call counts twice: under its tool (`memberId` empty) and under its member (`server` and `tool` empty).
 */
export const latencyRollups = pgTable(
  "latency_rollups",
  {
    workspaceId: text("workspace_id").notNull(),
    grain: text("grain", { enum: GRAINS }).notNull(),
    start: instant("start").notNull(),
    memberId: text("member_id").notNull(),
    server: text("server").notNull(),
    tool: text("tool").notNull(),
    bucket: smallint("bucket").notNull(),
    /** Calls whose whole duration, whose time at the server, and whose rest (the gateway's share) lies in this bucket. */
    total: integer("total").notNull(),
    upstream: integer("upstream").notNull(),
    gateway: integer("gateway").notNull(),
  },
  (table) => [
    primaryKey({
      name: "latency_rollups_pk",
      columns: [table.workspaceId, table.grain, table.start, table.memberId, table.server, table.tool, table.bucket],
    }),
  ],
);

/** How far the rollups reach: every call with a smaller id is in them, and none with a greater one. One row. */
export const rollupState = pgTable("rollup_state", {
  id: text("id").primaryKey(),
  upTo: text("up_to").notNull(),
});
