import { type SQL, sql } from "drizzle-orm";
import { type Grain, SLICES, type Slice } from "@/db/schema/call-rollups";

/** What calls are told apart by, in the order of the rollups' key. */
export const DIMS = ["member", "server", "tool", "kind", "client", "version", "outcome", "errorClass"] as const;
export type Dim = (typeof DIMS)[number];

interface Column {
  /** Of the rollups. */
  name: string;
  /** The same of a row of `calls c`. Names are cut: all of them must fit into one key. */
  raw: string;
  /** Characters that are kept; null: all. */
  length: number | null;
}

const cut = (name: string, length: number): Column => ({
  name,
  raw: `coalesce(left(c.${name}, ${length}), '')`,
  length,
});

export const COLUMNS: Record<Dim, Column> = {
  member: { name: "member_id", raw: "c.member_id", length: null },
  server: cut("server", 64),
  tool: cut("tool", 200),
  kind: { name: "tool_kind", raw: "coalesce(c.tool_kind, '')", length: null },
  client: cut("client_name", 100),
  version: cut("client_version", 60),
  outcome: { name: "outcome", raw: "c.outcome", length: null },
  errorClass: cut("error_class", 64),
};

/** What the rows of each slice tell apart, smallest first. */
export const SLICE_DIMS: Record<Slice, readonly Dim[]> = {
  how: ["outcome", "errorClass"],
  who: ["member", "kind", "client", "version", "outcome", "errorClass"],
  tools: ["server", "tool", "outcome"],
  what: ["server", "tool", "kind", "client", "outcome", "errorClass"],
  pairs: ["member", "server", "tool", "kind"],
  all: DIMS,
};

/** Slices of weeks only, and what else has their days. */
export const WEEKS_ONLY: Partial<Record<Slice, Slice>> = { tools: "what", pairs: "all" };

/** How many days hours are kept; those of `how` stay as long as days. */
export const HOURS_KEPT_DAYS = 35;
export const hoursStay = (slice: Slice): boolean => slice === "how";

/** The smallest slice that has this grain and tells all of these apart. */
export function sliceFor(dims: readonly Dim[], grain: Grain): Slice {
  const has = SLICES.filter((slice) => grain === "week" || !(slice in WEEKS_ONLY));
  return has.find((slice) => dims.every((dim) => SLICE_DIMS[slice].includes(dim))) ?? "all";
}

/** A name of ours as SQL. */
export const column = (dim: Dim): SQL => sql.raw(COLUMNS[dim].name);
