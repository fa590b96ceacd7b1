import { Activity, ArrowRight, FileClock, Plug } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import type { WorkspacePage } from "@/app/page-props";
import { CallTable } from "@/components/calls/call-table";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardHeader } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { changeNote, KpiTile } from "@/components/workspace/kpi-tile";
import { ServerHealth } from "@/components/workspace/server-health";
import { isSetUp, SetupChecklist } from "@/components/workspace/setup-checklist";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { formatCount, plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import { listServers } from "@/lib/services/server/list";
import { listTokens } from "@/lib/services/token/list";
import { workspaceOverview } from "@/lib/services/workspace/overview";
import type { OverviewView } from "@/lib/services/workspace/view";
import { AutoRefresh } from "../../auto-refresh";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const canConnect = allows(ctx.role, "gateway.use");
  const [overview, servers, tokens] = await Promise.all([
    workspaceOverview(ctx),
    listServers(ctx),
    canConnect ? listTokens(ctx) : [],
  ]);
  const { lastCalls, workspace } = overview;
  const hasCall = lastCalls.length > 0;
  const progress = {
    hasServer: servers.length > 0,
    hasToken: tokens.length > 0,
    connected: hasCall || tokens.some((token) => token.lastUsedAt !== null),
    hasCall,
  };
  const settingUp = !isSetUp(progress) && allows(ctx.role, "server.manage");
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
            <SetupChecklist slug={slug} progress={progress} />
          </>
        )}
        {hasCall && <Figures overview={overview} />}
        <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
          {(hasCall || !settingUp) && (
            <Card className="min-w-0">
              <CardHeader title="Last calls" action={hasCall && <More href={paths.calls(slug)} title="All calls" />} />
              {hasCall ? (
                <CallTable calls={lastCalls} />
              ) : (
                <EmptyState icon={Activity} title="No calls yet">
                  The first one appears here by itself, with the name of the person who made it.
                </EmptyState>
              )}
            </Card>
          )}
          {servers.length > 0 && (
            <Card>
              <CardHeader title="Servers" action={<More href={paths.servers(slug)} title="All servers" />} />
              <ServerHealth slug={slug} servers={servers} />
            </Card>
          )}
        </div>
      </div>
    </>
  );
}

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

function Figures({ overview: { calls, servers, tools, activeMembers, members } }: { overview: OverviewView }) {
  const failedShare =
    calls.last24h === 0 ? "no calls" : `${((calls.failed24h / calls.last24h) * 100).toFixed(1)}% of calls`;
  return (
    <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
      <KpiTile
        label="Calls, last 24 h"
        value={formatCount(calls.last24h)}
        note={changeNote(calls.last24h, calls.previous24h)}
      />
      <KpiTile label="Failed, last 24 h" value={formatCount(calls.failed24h)} note={failedShare} />
      <KpiTile
        label="Active members, last 24 h"
        value={formatCount(activeMembers)}
        note={`of ${formatCount(members)}`}
      />
      <KpiTile
        label="Servers up"
        value={`${servers.up} of ${servers.enabled}`}
        note={`${plural(tools.enabled, "tool")} on`}
      />
    </div>
  );
}
