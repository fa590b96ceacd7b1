"use client";

import { ExportMenu } from "@/components/exports/export-menu";
import { useDrill } from "./use-drill";

/** The calls behind the charts as a file: the page's filters, and its range where the URL names none. */
export function AnalyticsExport({ slug }: { slug: string }) {
  const { filters } = useDrill({ slug });
  const timed = filters.range || filters.from || filters.to;
  return <ExportMenu slug={slug} log="calls" filters={timed ? filters : { ...filters, range: "7d" }} />;
}
