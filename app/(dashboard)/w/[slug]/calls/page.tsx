import type { Metadata } from "next";
import { Suspense } from "react";
import type { WorkspacePage } from "@/app/page-props";
import { InvalidFilters } from "@/components/filters/invalid-filters";
import { orFault, readCallFilters } from "@/components/filters/read";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { getCall } from "@/lib/services/call/get";
import { listCalls } from "@/lib/services/call/list";
import { getWorkspace } from "@/lib/services/workspace/get";
import { getWorkspaceSettings } from "@/lib/services/workspace/update-settings";
import { CallChoices } from "../call-choices";
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
          <CallChoices ctx={ctx} own={own} />
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
