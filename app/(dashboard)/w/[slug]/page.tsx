import { Activity, ArrowRight, FileClock, Plug } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import type { WorkspacePage } from "@/app/page-props";
import { TopTools } from "@/components/analytics/top-tools";
import { CallTable } from "@/components/calls/call-table";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardHeader } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { ServerHealth } from "@/components/workspace/server-health";
import { SetupChecklist } from "@/components/workspace/setup-checklist";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { TopToolsView } from "@/lib/services/analytics/view";
import { listServers } from "@/lib/services/server/list";
import { workspaceOverview } from "@/lib/services/workspace/overview";
import { isSetUp, setupProgress } from "@/lib/services/workspace/setup-progress";
import type { OverviewView } from "@/lib/services/workspace/view";
import { AutoRefresh } from "../../auto-refresh";
import { CallsCard } from "./analytics/cards";
import { skipSetupAction } from "./start/actions";
import { RecentRefusals, TodayFigures } from "./today";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const canConnect = allows(ctx.role, "gateway.use");
  const [overview, servers, progress] = await Promise.all([
    workspaceOverview(ctx),
    listServers(ctx),
    setupProgress(ctx),
  ]);
  const { lastCalls, workspace } = overview;
  const hasCall = lastCalls.length > 0;
  const own = !allows(ctx.role, "call.read");
  const filters = { range: "24h" } as const;
  const day = { ctx, place: { slug, fixed: filters, elsewhere: true }, filters };
  const settingUp = !progress.skipped && !isSetUp(progress) && allows(ctx.role, "server.manage");
  return (
    <>
      <PageHeader
        title={workspace.name}
        actions={
          canConnect ? (
            <Button asChild variant="secondary">
              <Link href={paths.connect(slug)}>
                <Plug aria-hidden /> Connect a client
              </Link>
            </Button>
          ) : (
            <Button asChild variant="secondary">
              <Link href={paths.audit(slug)}>
                <FileClock aria-hidden /> Audit log
              </Link>
            </Button>
          )
        }
      />
      <div className="grid grid-cols-1 gap-6">
        {canConnect ? (
          <GatewayUrl url={workspace.mcpUrl} tools={overview.tools.enabled} />
        ) : (
          <Callout title="You are an auditor here">
            You see servers, members, everyone's calls and the audit log, and may export them. You have no token and
            call no tools.
          </Callout>
        )}
        {settingUp && (
          <>
            <AutoRefresh seconds={3} />
            <SetupChecklist slug={slug} progress={progress} onSkip={skipSetupAction.bind(null, slug)} />
          </>
        )}
        {hasCall && <TodayFigures own={own} overview={overview} />}
        <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid min-w-0 grid-cols-1 gap-6">
            {hasCall && <CallsCard {...day} by="outcome" dimensions={["outcome"]} title="Last 24 hours" />}
            {(hasCall || !settingUp) && (
              <Card className="min-w-0">
                <CardHeader
                  title="Last calls"
                  action={hasCall && <More href={paths.calls(slug)} title="All calls" />}
                />
                {hasCall ? (
                  <CallTable calls={lastCalls} />
                ) : (
                  <EmptyState icon={Activity} title="No calls yet">
                    The first one appears here by itself, with the name of the person who made it.
                  </EmptyState>
                )}
              </Card>
            )}
          </div>
          <div className="grid min-w-0 grid-cols-1 gap-6">
            {servers.length > 0 && (
              <Card>
                <CardHeader title="Servers" action={<More href={paths.servers(slug)} title="All servers" />} />
                <ServerHealth slug={slug} servers={servers} />
              </Card>
            )}
            {hasCall && <RecentRefusals slug={slug} calls={overview.recentDenials} />}
            {overview.topTools.length > 0 && (
              <TopTools {...day.place} view={topOf(overview.topTools)} title="Top tools, last 24 h" />
            )}
          </div>
        </div>
      </div>
    </>
  );
}

/** The first few, as the list of all would have them. */
const topOf = (tools: OverviewView["topTools"]): TopToolsView => ({
  tools,
  rest: { count: 0, calls: 0, errors: 0 },
  total: tools.reduce((sum, { calls }) => sum + calls, 0),
});

function GatewayUrl({ url, tools }: { url: string; tools: number }) {
  return (
    <div className="grid gap-1.5">
      <p className="font-medium text-sm">Gateway URL</p>
      <CopyField value={url} label="gateway URL" className="max-w-2xl bg-surface" />
      <p className="text-faint text-xs">
        {tools === 0
          ? "The one URL for every client. Tools appear behind it as servers are added."
          : `The one URL for every client. A token, or signing in, opens the ${plural(tools, "tool")} of this workspace.`}
      </p>
    </div>
  );
}

function More({ href, title }: { href: string; title: string }) {
  return (
    <Link
      href={href}
      className="flex items-center gap-1 rounded text-accent-text text-sm hover:underline hover:underline-offset-4"
    >
      {title} <ArrowRight aria-hidden className="size-3.5" />
    </Link>
  );
}
