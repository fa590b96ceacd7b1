import { RANGE_NAMES } from "@/lib/range";
import { callsOverTime } from "@/lib/services/analytics/calls-over-time";
import { clients } from "@/lib/services/analytics/clients";
import { denials } from "@/lib/services/analytics/denials";
import { errorsOverTime } from "@/lib/services/analytics/errors";
import { heatMap } from "@/lib/services/analytics/heat-map";
import { kpis } from "@/lib/services/analytics/kpis";
import { latency } from "@/lib/services/analytics/latency";
import { DIMENSIONS } from "@/lib/services/analytics/schemas";
import { topMembers } from "@/lib/services/analytics/top-members";
import { topTools } from "@/lib/services/analytics/top-tools";
import { listCalls } from "@/lib/services/call/list";
import type { CallFiltersInput } from "@/lib/services/call/schemas";
import type { WorkspaceCtx } from "@/lib/services/context";
import { listWorkspaces } from "@/lib/services/workspace/list";
import { workspaceOverview } from "@/lib/services/workspace/overview";

type Question = [title: string, ask: () => Promise<unknown>];
const DAY_MS = 86_400_000;

/** All that is measured: every chart at four ranges, some of them filtered, and pages of the call list. */
export function questions(ctx: WorkspaceCtx, member: string): Question[] {
  const [first, rare] = [`${member}01`, `${member}30`];
  const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
  const filtered: [string, CallFiltersInput][] = [
    ["", {}],
    [", busiest member", { member: first }],
    [", busiest server", { server: "server2" }],
    [", tool", { server: "server1", tool: "tool_1" }],
    [", client", { client: "cursor" }],
    [", kind", { kind: "write" }],
    [", member and tool", { member: first, server: "server1", tool: "tool_1" }],
  ];
  const charts: Question[] = RANGE_NAMES.filter((range) => !["1h", "24h"].includes(range)).flatMap((range) =>
    filtered.flatMap(([name, filters]): Question[] => {
      const input = { ...filters, range };
      const over = DIMENSIONS.map(
        (by): Question => [`calls over time by ${by}, ${range}${name}`, () => callsOverTime(ctx, { ...input, by })],
      );
      return [
        [`tiles, ${range}${name}`, () => kpis(ctx, input)],
        ...(name === "" || range === "365d" ? over : over.slice(0, 1)),
        [`errors, ${range}${name}`, () => errorsOverTime(ctx, input)],
        [`latency, ${range}${name}`, () => latency(ctx, input)],
        [`top tools, ${range}${name}`, () => topTools(ctx, input)],
        [`top members, ${range}${name}`, () => topMembers(ctx, input)],
        [`clients, ${range}${name}`, () => clients(ctx, input)],
        [`denials, ${range}${name}`, () => denials(ctx, input)],
        [`heat map, ${range}${name}`, () => heatMap(ctx, { ...input, zone: "Europe/Berlin" })],
      ];
    }),
  );
  const lists: [string, CallFiltersInput][] = [
    ["all", {}],
    ["busiest member", { member: first }],
    ["rarest member", { member: rare }],
    ["busiest server", { server: "server1" }],
    ["rarest server", { server: "server0" }],
    ["server that is not there", { server: "nowhere" }],
    ["tool alone", { tool: "tool_59" }],
    ["rarest tool", { server: "server0", tool: "tool_60" }],
    ["outcome ok", { outcome: "ok" }],
    ["outcome denied", { outcome: "denied" }],
    ["outcome 1 in 10,000", { outcome: "client_closed" }],
    ["outcome 1 in 100,000", { outcome: "unknown" }],
    ["outcome pending", { outcome: "pending" }],
    ["error class", { errorClass: "timeout" }],
    ["error class 1 in 100,000", { errorClass: "rare_class" }],
    ["error class that is not there", { errorClass: "nothing" }],
    ["client", { client: "zed" }],
    ["client 1 in 100,000", { client: "rare-client" }],
    ["client that is not there", { client: "nobody" }],
    ["kind", { kind: "destructive" }],
    ["a day a year ago", { from: ago(365), to: ago(364) }],
    ["a day a year ago, denied", { from: ago(365), to: ago(364), outcome: "denied" }],
    ["before a year ago, rare outcome", { to: ago(364), outcome: "unknown" }],
    ["90d, rare outcome", { range: "90d", outcome: "unknown" }],
    ["member and denied", { member: first, outcome: "denied" }],
    ["member and rare outcome", { member: first, outcome: "unknown" }],
    ["rarest member and error class", { member: rare, errorClass: "timeout" }],
    ["member and tool", { member: first, server: "server0", tool: "tool_60" }],
    ["rarest member and rarest tool", { member: rare, server: "server0", tool: "tool_60" }],
    ["member and server that is not there", { member: first, server: "nowhere" }],
    ["member and client", { member: first, client: "rare-client" }],
    ["server and error", { server: "server11", outcome: "error" }],
    ["server and rare class", { server: "server11", errorClass: "rare_class" }],
    ["client and kind and error", { client: "zed", kind: "write", outcome: "error" }],
  ];
  return [
    ["overview", () => workspaceOverview(ctx)],
    ["workspace cards", () => listWorkspaces(ctx)],
    ...charts,
    ...lists.flatMap(([name, filters]): Question[] => {
      let cursor: string | undefined;
      return [
        [
          `calls: ${name}`,
          async () => {
            const page = await listCalls(ctx, filters);
            cursor = page.nextCursor ?? undefined;
          },
        ],
        [`calls: ${name}, next page`, () => listCalls(ctx, { ...filters, cursor })],
      ];
    }),
  ];
}
