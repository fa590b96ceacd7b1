import fc from "fast-check";
import { OUTCOMES } from "@/db/schema/calls";
import { startOf } from "@/lib/range";
import { DAY_MS, HOUR_MS } from "@/lib/services/analytics/axis";
import type { CallFiltersInput } from "@/lib/services/call/schemas";
import type { mintCalls } from "./factories";

/** A Wednesday. */
export const NOW = new Date("2026-11-25T10:37:12.345Z");

export type Row = Awaited<ReturnType<typeof mintCalls>>[number];
const pick = <T>(values: readonly T[]) => fc.constantFrom(...values);
/** A call somewhere in the last 40 days; most of them in the last hours, and some to the minute at the edges of ranges. */
export const someCall = (members: string[]) =>
  fc.record({
    occurredAt: fc
      .oneof(
        fc.integer({ min: 0, max: 40 * DAY_MS }),
        fc.integer({ min: 0, max: 3 * HOUR_MS }),
        pick([0, HOUR_MS, DAY_MS, 7 * DAY_MS, 30 * DAY_MS].flatMap((ms) => [ms - 1, ms, ms + 1])),
      )
      .map((ago) => new Date(NOW.getTime() - Math.max(ago, 1))),
    memberId: pick(members),
    server: pick(["github", "linear", ""]),
    tool: pick(["a", "b", "c"]),
    toolKind: pick(["read", "write", null] as const),
    clientName: pick(["cursor", "zed", null]),
    clientVersion: pick(["1", "2", null]),
    outcome: pick(OUTCOMES.filter((outcome) => outcome !== "pending")),
    errorClass: pick(["timeout", "tool_scope", null]),
    durationMs: pick([0.3, 12, 700, null]),
    upstreamMs: pick([0.1, 10, null]),
  });

export const FILTERS: CallFiltersInput[] = [
  {},
  { range: "30d" },
  { range: "1h" },
  { server: "github" },
  { server: "github", tool: "a" },
  { tool: "b" },
  { client: "zed" },
  { client: "" },
  { outcome: "error" },
  { errorClass: "timeout", range: "30d" },
  { kind: "read" },
  { client: "cursor", server: "linear" },
  { from: "2026-11-20T03:30:00Z", to: "2026-11-24T17:45:00Z" },
  { from: "2026-10-20T03:30:00Z", to: "2026-11-24T17:45:00Z", server: "linear" },
  { to: "2026-11-20" },
  { range: "24h", client: "cursor" },
  { range: "365d" },
  { range: "365d", client: "cursor", server: "linear" },
];

/** What the log holds for these filters, the plain way. */
export function matching(rows: Row[], { range, from, to, ...filters }: CallFiltersInput): Row[] {
  const start = from ? Date.parse(from) : to ? 0 : startOf(range ?? "7d", NOW).getTime();
  const end = to ? Date.parse(to) : NOW.getTime();
  return rows.filter((row) => {
    const at = row.occurredAt.getTime();
    const own: Record<string, string | null | undefined> = {
      member: row.memberId,
      server: row.server,
      tool: row.tool,
      client: row.clientName ?? "",
      outcome: row.outcome,
      errorClass: row.errorClass ?? "",
      kind: row.toolKind,
    };
    return at >= start && at < end && Object.entries(filters).every(([name, value]) => own[name] === value);
  });
}
