"use client";

import { useQuery } from "@tanstack/react-query";
import { Braces, Download, FileSpreadsheet, FileText, Link2, Workflow } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { paths } from "@/lib/paths";
import {
  chainHref,
  createExport,
  download,
  type ExportFilters,
  type ExportRequest,
  fetchEstimate,
  type Log,
  streamHref,
} from "./export-api";
import { sizeInWords } from "./words";

interface ExportMenuProps {
  slug: string;
  log: Log;
  /** The page's own filters, as they stand in the URL (`useCallFilters()[0]`, `useAuditFilters()[0]`); the file has the same rows. */
  filters: ExportFilters;
}

const FORMATS = [
  { title: "CSV", icon: FileText, format: "csv", excel: false },
  { title: "CSV for Excel", icon: FileSpreadsheet, format: "csv", excel: true },
  { title: "JSONL (for a SIEM)", icon: Braces, format: "jsonl", excel: false },
] as const;

/**
 * "Export" on a page of calls, audit events or charts: what is on screen as a file. Small ones are downloaded at once,
 * large ones are made in the background, and a toast leads to them.
 */
export function ExportMenu({ slug, log, filters }: ExportMenuProps) {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  async function start(request: ExportRequest) {
    setPending(true);
    try {
      const { background } = await fetchEstimate(slug, log, filters);
      if (!background) return download(streamHref(slug, request));
      await createExport(slug, request);
      toast.success("The export is being made", {
        description: "It is large, so it is made in the background and kept for 7 days.",
        action: { label: "Show exports", onClick: () => router.push(paths.exports(slug)) },
      });
    } catch (error) {
      toast.error("Nothing was exported", { description: error instanceof Error ? error.message : undefined });
    } finally {
      setPending(false);
    }
  }
  return (
    <Menu
      trigger={
        <Button variant="secondary" pending={pending}>
          {!pending && <Download aria-hidden />} Export
        </Button>
      }
    >
      <Size slug={slug} log={log} filters={filters} />
      {FORMATS.map(({ title, icon: Icon, format, excel }) => (
        <MenuItem key={title} onSelect={() => void start({ log, format, excel, filters })}>
          <Icon aria-hidden /> {title}
        </MenuItem>
      ))}
      {log === "audit" && (
        <MenuItem onSelect={() => download(chainHref(slug))}>
          <Link2 aria-hidden /> Whole chain, verifiable offline
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem asChild>
        <Link href={paths.exports(slug)}>
          <Workflow aria-hidden /> All exports
        </Link>
      </MenuItem>
    </Menu>
  );
}

/** Asked when the menu opens, not before. */
function Size({ slug, log, filters }: ExportMenuProps) {
  const { data, error } = useQuery({
    queryKey: ["export-estimate", slug, log, filters],
    queryFn: ({ signal }) => fetchEstimate(slug, log, filters, signal),
    retry: false,
    staleTime: 10_000,
  });
  return <MenuLabel>{error ? error.message : data ? sizeInWords(data) : "Counting rows …"}</MenuLabel>;
}
