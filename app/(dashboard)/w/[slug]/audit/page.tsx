import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { InvalidFilters } from "@/components/filters/invalid-filters";
import { orFault, readAuditFilters } from "@/components/filters/read";
import { PageHeader } from "@/components/ui/page-header";
import { orNotFound, requireWorkspaceCtx } from "@/lib/auth/context";
import { auditFacets } from "@/lib/services/audit/facets";
import { getAudit } from "@/lib/services/audit/get";
import { getAuditHead } from "@/lib/services/audit/get-head";
import { listAudit } from "@/lib/services/audit/list";
import { AuditExport } from "./audit-export";
import { AuditLog } from "./audit-log";

export const metadata: Metadata = { title: "Audit" };

export default async function AuditPage({ params, searchParams }: WorkspacePage) {
  const { slug } = await params;
  const search = await searchParams;
  const ctx = await requireWorkspaceCtx(slug);
  const { filters } = readAuditFilters(search);
  const cursor = search.cursor === undefined ? {} : { cursor: search.cursor as string };
  const { data: page, fault } = await orFault(orNotFound(listAudit(ctx, { ...filters, ...cursor })));
  const head = (
    <PageHeader
      title="Audit"
      description="Who changed what in this workspace, and who tried and was refused. Secrets are named, never shown."
      actions={!fault && <AuditExport slug={slug} />}
    />
  );
  if (fault)
    return (
      <>
        {head}
        <InvalidFilters fault={fault} />
      </>
    );
  const [facets, chain, linked] = await Promise.all([
    auditFacets(ctx),
    getAuditHead(ctx),
    typeof search.event === "string" ? getAudit(ctx, { event: search.event }).catch(() => null) : null,
  ]);
  return (
    <>
      {head}
      <AuditLog
        slug={slug}
        filters={Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, String(value)]))}
        facets={facets}
        chain={chain}
        first={search.cursor === undefined}
        page={page}
        linked={linked}
      />
    </>
  );
}
