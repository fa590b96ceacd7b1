"use client";

import { ExportMenu } from "@/components/exports/export-menu";
import { useAuditFilters } from "@/components/filters/use-call-filters";

/** The events that the filters show, as a file; or the whole chain. */
export function AuditExport({ slug }: { slug: string }) {
  const [filters] = useAuditFilters();
  return <ExportMenu slug={slug} log="audit" filters={filters} />;
}
