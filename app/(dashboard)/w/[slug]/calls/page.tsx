import type { Metadata } from "next";
import { Suspense } from "react";
import type { WorkspacePage } from "@/app/page-props";
import { CallFilterBar } from "@/components/filters/call-filter-bar";
import { InvalidFilters } from "@/components/filters/invalid-filters";
import { orFault, readCallFilters } from "@/components/filters/read";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { clients } from "@/lib/services/analytics/clients";
import { getCall } from "@/lib/services/call/get";
import { listCalls } from "@/lib/services/call/list";
import type { WorkspaceCtx } from "@/lib/services/context";
import { listMembers } from "@/lib/services/member/list";
import { listServers } from "@/lib/services/server/list";
import { listTools } from "@/lib/services/tool/list";
import { getWorkspace } from "@/lib/services/workspace/get";
import { getWorkspaceSettings } from "@/lib/services/workspace/update-settings";
import { CallsExplorer } from "./calls-explorer";
import { CallsExport } from "./calls-export";

export const metadata: Metadata = { title: "Calls" };

export default async function CallsPage({ params, searchParams }: WorkspacePage) {
  const { slug } = await params;
  const search = await searchParams;
  const ctx = await requireWorkspaceCtx(slug);
  const own = !allows(ctx.role, "call.read");
  const { filters } = readCallFilters(search);
  const { data: firstPage, fault } = await orFault(listCalls(ctx, filters));
  const head = (
    <PageHeader
      title="Calls"
      description={
        own
          ? "Every tool call that you made through this workspace's URL."
          : "Every tool call that went through this workspace's URL, with the person behind it."
      }
      actions={!fault && <CallsExport slug={slug} />}
    />
  );
  if (fault)
    return (
      <>
        {head}
        <InvalidFilters fault={fault} />
      </>
    );
  const [{ mcpUrl }, { keepArgumentsDays, keepResults }, linked] = await Promise.all([
    getWorkspace(ctx),
    getWorkspaceSettings(ctx),
    // A link to a call that is gone, or that is somebody else's, opens the drawer with the reason.
    typeof search.call === "string" ? getCall(ctx, { call: search.call }).catch(() => null) : null,
  ]);
  return (
    <>
      {head}
      <div className="grid grid-cols-1 gap-4">
        <Suspense fallback={<Skeleton className="h-9 max-w-xl" />}>
          <Filters ctx={ctx} own={own} />
        </Suspense>
        <CallsExplorer
          slug={slug}
          canConnect={allows(ctx.role, "gateway.use")}
          payloads={allows(ctx.role, "call.payload") ? { keepDays: keepArgumentsDays, keepResults } : null}
          mcpUrl={mcpUrl}
          filters={Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, String(value)]))}
          firstPage={firstPage}
          linked={linked}
        />
      </div>
    </>
  );
}

/** The choices of the filter bar. */
async function Filters({ ctx, own }: { ctx: WorkspaceCtx; own: boolean }) {
  const [servers, tools, members, seen] = await Promise.all([
    listServers(ctx),
    listTools(ctx),
    own ? [] : listMembers(ctx),
    clients(ctx, { range: "30d" }).catch(() => null), // choices only: names can be typed without them
  ]);
  return (
    <CallFilterBar
      servers={servers.map(({ slug, name }) => ({ slug, name }))}
      tools={tools.flatMap(({ slug, tools: some }) => some.map(({ name }) => ({ server: slug, name })))}
      members={members.map(({ id, name }) => ({ id, name }))}
      clients={[...new Set(seen?.clients.map(({ name }) => name).filter(Boolean))]}
    />
  );
}
