"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { FileDown } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import type { ExportPage } from "@/lib/services/export/view";
import { fetchExports } from "./export-api";
import { isOpen } from "./export-state";
import { type ExportActions, ExportTable } from "./export-table";
import { type ExportChoices, NewExport } from "./new-export";

interface ManagerProps extends ExportActions {
  slug: string;
  choices: ExportChoices;
  /** The newest page, as the server made it. */
  firstPage: ExportPage;
}

const POLL_MS = 1_500;

/** All exports of the workspace that the reader may see; what is being made moves by itself. */
export function ExportManager({ slug, choices, firstPage, ...actions }: ManagerProps) {
  const [cursors, setCursors] = useState<string[]>([]);
  const cursor = cursors.at(-1);
  const { data, error, refetch } = useQuery({
    queryKey: ["exports", slug, cursor ?? "first"],
    queryFn: ({ signal }) => fetchExports(slug, cursor, signal),
    initialData: cursor === undefined ? firstPage : undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.exports.some(isOpen) ? POLL_MS : false),
    retry: false,
  });
  const page = data ?? firstPage;
  const names = Object.fromEntries(choices.members.map(({ id, name }) => [id, name]));
  const create = (
    <NewExport
      slug={slug}
      choices={choices}
      onMade={() => {
        setCursors([]);
        // A download at once is listed as soon as its first bytes are on their way.
        setTimeout(() => void refetch(), 600);
        void refetch();
      }}
    />
  );
  return (
    <>
      <PageHeader
        title="Exports"
        description="Calls and audit events as files, with their hash and manifest. Large ones are made in the background and kept for 7 days."
        actions={create}
      />
      {error && (
        <Callout tone="bad" className="mb-4">
          The list could not be brought up to date: {error.message}
        </Callout>
      )}
      <Card>
        {page.exports.length > 0 ? (
          <ExportTable slug={slug} rows={page.exports} names={names} onChanged={() => void refetch()} {...actions} />
        ) : (
          <EmptyState icon={FileDown} title="Nothing exported yet">
            Use “New export”, or Export on the pages of calls, analytics and audit: it takes their filters along.
          </EmptyState>
        )}
        {(cursors.length > 0 || page.nextCursor) && (
          <div className="flex justify-center gap-2 border-t p-3">
            <Button
              variant="ghost"
              size="sm"
              disabled={cursors.length === 0}
              onClick={() => setCursors(cursors.slice(0, -1))}
            >
              Newer
            </Button>
            <Button
              variant="ghost"
              size="sm"
              disabled={!page.nextCursor}
              onClick={() => page.nextCursor && setCursors([...cursors, page.nextCursor])}
            >
              Older
            </Button>
          </div>
        )}
      </Card>
    </>
  );
}
