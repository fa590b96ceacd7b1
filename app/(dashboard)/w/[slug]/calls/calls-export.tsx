"use client";

import { ExportMenu } from "@/components/exports/export-menu";
import { useCallFilters } from "@/components/filters/use-call-filters";

/** The calls that the filters show, as a file. */
export function CallsExport({ slug }: { slug: string }) {
  const [filters] = useCallFilters();
  return <ExportMenu slug={slug} log="calls" filters={filters} />;
}
