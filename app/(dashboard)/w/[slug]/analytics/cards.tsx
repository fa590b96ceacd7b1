import { ClientsChart } from "@/components/analytics/clients-chart";
import { KpiRow } from "@/components/analytics/kpi-row";
import { CallsChart, Denials, ErrorsChart, LatencyChart, ShareChart } from "@/components/analytics/lazy";
import { TopMembers } from "@/components/analytics/top-members";
import { TopTools } from "@/components/analytics/top-tools";
import type { ChartPlace } from "@/components/analytics/use-drill";
import { Skeleton } from "@/components/ui/skeleton";
import { callsOverTime } from "@/lib/services/analytics/calls-over-time";
import { clients } from "@/lib/services/analytics/clients";
import { denials } from "@/lib/services/analytics/denials";
import { errorsOverTime } from "@/lib/services/analytics/errors";
import { kpis } from "@/lib/services/analytics/kpis";
import { latency } from "@/lib/services/analytics/latency";
import type { AnalyticsInput, Dimension } from "@/lib/services/analytics/schemas";
import { topMembers } from "@/lib/services/analytics/top-members";
import { topTools } from "@/lib/services/analytics/top-tools";
import type { LatencyView } from "@/lib/services/analytics/view";
import type { WorkspaceCtx } from "@/lib/services/context";
import { LoadedCard } from "./card";

/** What every card needs: who asks, where it stands, and of which calls. */
export interface CardInput {
  ctx: WorkspaceCtx;
  place: ChartPlace;
  filters: AnalyticsInput;
}

export function KpiCards({ ctx, filters, own }: CardInput & { own: boolean }) {
  return (
    <LoadedCard ctx={ctx} title="Figures" load={() => kpis(ctx, filters)} waiting={<Skeleton className="h-28" />}>
      {(view) => <KpiRow view={view} own={own} />}
    </LoadedCard>
  );
}

export function CallsCard({
  ctx,
  place,
  filters,
  by,
  dimensions,
  title,
}: CardInput & { by: Dimension; dimensions: readonly Dimension[]; title?: string }) {
  return (
    <LoadedCard ctx={ctx} title={title ?? "Calls over time"} load={() => callsOverTime(ctx, { ...filters, by })}>
      {(view) => <CallsChart {...place} view={view} by={by} dimensions={dimensions} title={title} />}
    </LoadedCard>
  );
}

export function ErrorsCard({ ctx, place, filters }: CardInput) {
  return (
    <LoadedCard ctx={ctx} title="Error rate" load={() => errorsOverTime(ctx, filters)}>
      {(view) => <ErrorsChart {...place} view={view} />}
    </LoadedCard>
  );
}

/** `asked`: both latency cards show one answer. */
export function LatencyCard({ ctx, place, asked }: Omit<CardInput, "filters"> & { asked: Promise<LatencyView> }) {
  return (
    <LoadedCard ctx={ctx} title="Latency" load={() => asked}>
      {(view) => <LatencyChart {...place} view={view} />}
    </LoadedCard>
  );
}

export function ShareCard({ ctx, place, asked }: Omit<CardInput, "filters"> & { asked: Promise<LatencyView> }) {
  return (
    <LoadedCard ctx={ctx} title="Server and gateway" load={() => asked}>
      {(view) => <ShareChart {...place} view={view} />}
    </LoadedCard>
  );
}

/** Asked once for both; whoever awaits it sees its error. */
export function askLatency({ ctx, filters }: Omit<CardInput, "place">): Promise<LatencyView> {
  const asked = latency(ctx, filters);
  asked.catch(() => {}); // the cards report it; unawaited it would end the process
  return asked;
}

export function TopToolsCard({ ctx, place, filters }: CardInput) {
  return (
    <LoadedCard ctx={ctx} title="Top tools" load={() => topTools(ctx, filters)}>
      {(view) => <TopTools {...place} view={view} />}
    </LoadedCard>
  );
}

export function TopMembersCard({ ctx, place, filters }: CardInput) {
  return (
    <LoadedCard ctx={ctx} title="Top members" load={() => topMembers(ctx, filters)}>
      {(view) => <TopMembers {...place} view={view} />}
    </LoadedCard>
  );
}

export function ClientsCard({ ctx, place, filters }: CardInput) {
  return (
    <LoadedCard ctx={ctx} title="Clients" load={() => clients(ctx, filters)}>
      {(view) => <ClientsChart {...place} view={view} />}
    </LoadedCard>
  );
}

export function DenialsCard({ ctx, place, filters }: CardInput) {
  return (
    <LoadedCard ctx={ctx} title="Refused calls" load={() => denials(ctx, filters)}>
      {(view) => <Denials {...place} view={view} />}
    </LoadedCard>
  );
}
