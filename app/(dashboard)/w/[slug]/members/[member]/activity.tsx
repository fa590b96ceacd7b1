import { Activity as ActivityIcon, ArrowRight } from "lucide-react";
import Link from "next/link";
import { callsHref } from "@/components/analytics/calls-href";
import { CallTable } from "@/components/calls/call-table";
import { CallFilterBar } from "@/components/filters/call-filter-bar";
import { InvalidFilters } from "@/components/filters/invalid-filters";
import { orFault } from "@/components/filters/read";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { listCalls } from "@/lib/services/call/list";
import { CallFilters, type CallFiltersInput } from "@/lib/services/call/schemas";
import type { CallView } from "@/lib/services/call/view";
import type { WorkspaceCtx } from "@/lib/services/context";
import type { MemberView } from "@/lib/services/member/view";
import { parse } from "@/lib/services/parse";
import type { ServerTools } from "@/lib/services/tool/view";
import { LoadedCard } from "../../analytics/card";
import { CallsCard, ClientsCard, ErrorsCard, KpiCards, TopToolsCard } from "../../analytics/cards";

interface ActivityProps {
  ctx: WorkspaceCtx;
  slug: string;
  member: MemberView;
  servers: ServerTools[];
  /** As they stand in the URL. */
  filters: CallFiltersInput;
}

/** What one member does here: the charts of the analytics page, of their calls alone. */
export async function MemberActivity({ ctx, slug, member, servers, filters: asked }: ActivityProps) {
  if (member.lastCallAt === null)
    return (
      <Card>
        <EmptyState icon={ActivityIcon} title="No calls yet">
          Charts of {member.name} appear here with their first call.
        </EmptyState>
      </Card>
    );
  const filters = { ...asked, member: member.id };
  const { fault } = await orFault((async () => parse(CallFilters, filters))());
  const input = { ctx, place: { slug, fixed: { member: member.id } }, filters };
  return (
    <>
      <CallFilterBar
        servers={servers.map(({ slug: server, name }) => ({ slug: server, name }))}
        tools={servers.flatMap(({ slug: server, tools }) => tools.map(({ name }) => ({ server, name })))}
        members={[]}
        noRange="Last 7 days"
      />
      {fault ? (
        <InvalidFilters fault={fault} />
      ) : (
        <>
          <KpiCards {...input} own />
          <CallsCard {...input} by="tool" dimensions={["tool"]} />
          <div className="grid grid-cols-1 gap-4 xl:grid-cols-2">
            <ErrorsCard {...input} />
            <TopToolsCard {...input} />
          </div>
          <ClientsCard {...input} />
          <LoadedCard ctx={ctx} title="Last calls" load={() => lastCalls(ctx, filters)}>
            {(calls) => <LastCalls calls={calls} href={callsHref(slug, filters)} />}
          </LoadedCard>
        </>
      )}
    </>
  );
}

/** The newest of the range; without one, of all. */
const lastCalls = async (ctx: WorkspaceCtx, filters: CallFiltersInput): Promise<CallView[]> =>
  (await listCalls(ctx, { ...filters, limit: 10 })).calls;

function LastCalls({ calls, href }: { calls: CallView[]; href: string }) {
  return (
    <Card className="min-w-0">
      <CardHeader
        title="Last calls"
        action={
          <Link
            href={href}
            className="flex items-center gap-1 rounded text-accent-text text-sm hover:underline hover:underline-offset-4"
          >
            All calls <ArrowRight aria-hidden className="size-3.5" />
          </Link>
        }
      />
      {calls.length === 0 ? (
        <p className="px-5 pt-4 pb-8 text-center text-faint text-sm">No calls in this range</p>
      ) : (
        <CallTable calls={calls} />
      )}
    </Card>
  );
}
