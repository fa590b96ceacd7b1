import { sql } from "drizzle-orm";
import { AppError } from "@/lib/errors";
import type { WorkspaceCtx } from "@/lib/services/context";
import { iso } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { DAY_MS } from "./axis";
import { facts, stepOf } from "./facts";
import { rowsOf } from "./rows";
import { HeatMapInput } from "./schemas";
import { scopeOf } from "./scope";
import { sum } from "./series";
import type { HeatMapView } from "./view";

const SHOWN_MS = 31 * DAY_MS;

/**
 * Calls by hour of the week in the reader's time zone; of a long range its last 31 days. Hours are those of UTC: in a zone
 * that is half an hour off, each counts where it begins.
 * @throws AppError `invalid`
 */
export async function heatMap(ctx: WorkspaceCtx, input: HeatMapInput = {}): Promise<HeatMapView> {
  const { zone, ...filters } = parse(HeatMapInput, input);
  const weekday = clockOf(zone);
  const { scope, axis } = await scopeOf(ctx, filters);
  const from = new Date(Math.max(axis.from.getTime(), axis.to.getTime() - SHOWN_MS));
  const range = { from, to: axis.to, grain: "hour" as const };
  const rows = await rowsOf<{ at: number; calls: number }>(
    ctx.db,
    sql`SELECT ${stepOf({ step: "hour" })} AS at, sum(calls)::float8 AS calls
      FROM ${facts(scope, range, [])} GROUP BY 1`,
  );
  const cells = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  for (const { at, calls } of rows) {
    const { day, hour } = weekday(at);
    const row = cells[day];
    if (row) row[hour] = (row[hour] ?? 0) + calls;
  }
  return { zone, cells, total: sum(cells.flat()), from: iso(from) };
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Tells weekday (Monday is 0) and hour of an instant in a zone. @throws AppError `invalid` for a zone that nobody knows */
function clockOf(zone: string): (ms: number) => { day: number; hour: number } {
  const options = { timeZone: zone, weekday: "short", hour: "numeric", hourCycle: "h23" } as const;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", options);
  } catch {
    throw new AppError("invalid", "No time zone has this name. Use one like Europe/Berlin.", { field: "zone" });
  }
  return (ms) => {
    const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    return { day: DAYS.indexOf(parts.get("weekday") ?? ""), hour: Number(parts.get("hour")) };
  };
}
