import { type SQL, sql } from "drizzle-orm";
import { exposeName } from "@/lib/mcp/tool-name";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { type Axis, toAxisView } from "./axis";
import { facts, type Scope, stepOf } from "./facts";
import { namesOfMembers } from "./member-names";
import { rowsOf } from "./rows";
import { CallsOverTimeInput, type Dimension } from "./schemas";
import { scopeOf } from "./scope";
import { type Cell, sum, toSeries } from "./series";
import type { Dim } from "./slices";
import type { CallsOverTimeView } from "./view";

/** Series that are shown one by one; the rest is one more. */
const SHOWN = 8;
/** Parts of a key; no name holds it. */
const JOIN = "\u0001";

const KEYS: Record<Dimension, { dims: Dim[]; sql: SQL }> = {
  member: { dims: ["member"], sql: sql`member_id` },
  server: { dims: ["server"], sql: sql`server` },
  tool: { dims: ["server", "tool"], sql: sql`server || ${JOIN}::text || tool` },
  client: { dims: ["client"], sql: sql`client_name` },
  outcome: { dims: ["outcome"], sql: sql`outcome` },
};

const LABELS: Partial<Record<Dimension, string>> = { server: "No server", client: "Unnamed client" };

/** Calls a step, stacked by what was asked for: the eight with most calls, and the rest. @throws AppError `invalid` */
export async function callsOverTime(ctx: WorkspaceCtx, input: CallsOverTimeInput = {}): Promise<CallsOverTimeView> {
  const { by, ...filters } = parse(CallsOverTimeInput, input);
  const { scope, axis } = await scopeOf(ctx, filters);
  const cells = await countBy(ctx.db, scope, axis, KEYS[by]);
  const names = by === "member" ? await namesOfMembers(ctx, cells) : new Map<string, string>();
  const label = (key: string) => names.get(key) ?? (key === "" ? (LABELS[by] ?? "None") : nameOf(by, key));
  const series = toSeries(axis, cells, { label, rest: JOIN }).map((one) =>
    one.rest ? one : { ...one, key: nameOf(by, one.key) },
  );
  return { axis: toAxisView(axis), series, total: sum(series.map(({ total }) => total)) };
}

/** What people and the filters call it. */
function nameOf(by: Dimension, key: string): string {
  if (by !== "tool") return key;
  const [server = "", tool = ""] = key.split(JOIN);
  return server ? exposeName(server, tool) : tool;
}

type Counted = Cell & { actor: string | null };

function countBy(db: Db, scope: Scope, axis: Axis, key: (typeof KEYS)[Dimension]): Promise<Counted[]> {
  return rowsOf<Counted>(
    db,
    sql`WITH counted AS MATERIALIZED (
      SELECT ${stepOf(axis)} AS at, ${key.sql} AS key, sum(calls) AS calls, max(actor_name) AS actor
      FROM ${facts(scope, axis, key.dims)} GROUP BY 1, 2),
    shown AS (SELECT key FROM counted GROUP BY key ORDER BY sum(calls) DESC, key LIMIT ${SHOWN})
    SELECT at, coalesce(s.key, ${JOIN}::text) AS key, sum(calls)::float8 AS calls, max(actor) AS actor
    FROM counted c LEFT JOIN shown s ON s.key = c.key GROUP BY 1, 2`,
  );
}
