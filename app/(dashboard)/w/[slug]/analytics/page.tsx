import type { Metadata } from "next";
import { Suspense } from "react";
import type { WorkspacePage } from "@/app/page-props";
import { AnalyticsExport } from "@/components/analytics/analytics-export";
import { HeatMap } from "@/components/analytics/lazy";
import { NoCallsYet } from "@/components/analytics/no-calls-yet";
import { InvalidFilters } from "@/components/filters/invalid-filters";
import { orFault, readCallFilters } from "@/components/filters/read";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { CallsOverTimeInput, DIMENSIONS } from "@/lib/services/analytics/schemas";
import { listCalls } from "@/lib/services/call/list";
import { parse } from "@/lib/services/parse";
import { AutoRefresh } from "../../../auto-refresh";
import { CallChoices } from "../call-choices";
import {
  askLatency,
  CallsCard,
  ClientsCard,
  DenialsCard,
  ErrorsCard,
  KpiCards,
  LatencyCard,
  ShareCard,
  TopMembersCard,
  TopToolsCard,
} from "./cards";

export const metadata: Metadata = { title: "Analytics" };

/** Ranges short enough that one watches them. */
const LIVE = ["1h", "24h"];

export default async function AnalyticsPage({ params, searchParams }: WorkspacePage) {
  const { slug } = await params;
  const search = await searchParams;
  const ctx = await requireWorkspaceCtx(slug);
  const own = !allows(ctx.role, "call.read");
  const { calls } = await listCalls(ctx, { limit: 1 });
  const { filters } = readCallFilters(search);
  const asked = { ...filters, ...(search.by ? { by: search.by } : {}) };
  const { data, fault } = await orFault((async () => parse(CallsOverTimeInput, asked))());
  const empty = calls.length === 0;
  const head = (
    <PageHeader
      title={own ? "Your use" : "Analytics"}
      description={
        own
          ? "Your own calls through this workspace: how many, how fast, and what went wrong."
          : "Who calls what through this workspace, how fast, and what goes wrong."
      }
      actions={!empty && !fault && <AnalyticsExport slug={slug} />}
    />
  );
  if (fault)
    return (
      <>
        {head}
        <InvalidFilters fault={fault} />
      </>
    );
  if (empty)
    return (
      <>
        {head}
        <NoCallsYet slug={slug} own={own} canConnect={allows(ctx.role, "gateway.use")} />
        <AutoRefresh seconds={10} />
      </>
    );
  const input = { ctx, place: { slug }, filters };
  const latency = askLatency(input);
  const live = filters.range !== undefined && LIVE.includes(filters.range);
  return (
    <>
      {head}
      {live && <AutoRefresh seconds={30} />}
      <div className="grid grid-cols-1 gap-4">
        <Suspense fallback={<Skeleton className="h-9 max-w-xl" />}>
          <CallChoices ctx={ctx} own={own} noRange="Last 7 days" />
        </Suspense>
        <KpiCards {...input} own={own} />
        <CallsCard
          {...input}
          by={data.by}
          dimensions={own ? DIMENSIONS.filter((dimension) => dimension !== "member") : DIMENSIONS}
        />
        <div className="grid grid-cols-1 gap-4 xl:grid-cols-2">
          <ErrorsCard {...input} />
          <TopToolsCard {...input} />
          <LatencyCard {...input} asked={latency} />
          <ShareCard {...input} asked={latency} />
        </div>
        {!own && <TopMembersCard {...input} />}
        <div className="grid grid-cols-1 gap-4 xl:grid-cols-2">
          <HeatMap slug={slug} />
          <ClientsCard {...input} />
        </div>
        <DenialsCard {...input} />
      </div>
    </>
  );
}
