"use client";

import { QueryClient, QueryClientProvider, useQuery, useQueryClient } from "@tanstack/react-query";
import { Activity, Download, SearchX } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { CallDrawer } from "@/components/calls/call-drawer";
import { CallFilters, type CallFilterValues } from "@/components/calls/call-filters";
import { CallTable } from "@/components/calls/call-table";
import { LiveToggle } from "@/components/calls/live-toggle";
import { mergePages } from "@/components/calls/merge-calls";
import { Dot } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/paths";
import type { CallPage, CallView } from "@/lib/services/call/view";
import { callsPath, fetchCalls, searchOf } from "./fetch-calls";

interface ExplorerProps {
  slug: string;
  /** False for auditors, who have no client to connect. */
  canConnect: boolean;
  filters: CallFilterValues;
  servers: { slug: string; name: string }[];
  members: { id: string; name: string }[];
  firstPage: CallPage;
}

const POLL_MS = 2_000;

export function CallsExplorer(props: ExplorerProps) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <Explorer key={JSON.stringify(props.filters)} {...props} />
    </QueryClientProvider>
  );
}

function Explorer({ slug, canConnect, filters, servers, members, firstPage }: ExplorerProps) {
  const router = useRouter();
  const client = useQueryClient();
  const [live, setLive] = useState(true);
  const [open, setOpen] = useState<CallView | null>(null);
  const [loading, setLoading] = useState(false);
  const queryKey = ["calls", slug, filters];
  const query = { ...filters };
  // The cache holds all rows seen so far; a poll fetches the newest page and lays it over them.
  const { data, isError } = useQuery({
    queryKey,
    queryFn: async ({ signal }) =>
      mergePages(client.getQueryData<CallPage>(queryKey), await fetchCalls(slug, query, signal)),
    initialData: firstPage,
    refetchInterval: live ? POLL_MS : false,
    retry: false,
  });
  const { calls: rows, nextCursor: cursor } = data;
  const current = open && (rows.find((call) => call.id === open.id) ?? open);

  async function loadOlder(from: string) {
    setLoading(true);
    try {
      const page = await fetchCalls(slug, { ...query, cursor: from });
      client.setQueryData<CallPage>(queryKey, (seen) => ({
        calls: [...(seen?.calls ?? []), ...page.calls],
        nextCursor: page.nextCursor,
      }));
    } catch (error) {
      toast.error("Older calls could not be loaded", {
        description: error instanceof Error ? error.message : undefined,
      });
    } finally {
      setLoading(false);
    }
  }
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <CallFilters
          values={filters}
          servers={servers}
          members={members}
          onChange={(next) => router.replace(`${paths.calls(slug)}?${searchOf({ ...next })}`, { scroll: false })}
        />
        <div className="flex gap-2">
          <LiveToggle live={live} failing={isError} onChange={setLive} />
          <Button asChild variant="secondary">
            <a href={`${callsPath(slug)}.csv?${searchOf(query)}`} download>
              <Download aria-hidden /> CSV
            </a>
          </Button>
        </div>
      </div>
      <Card>
        {rows.length > 0 ? (
          <CallTable calls={rows} onOpen={setOpen} />
        ) : (
          <NoCalls slug={slug} canConnect={canConnect} filtered={Object.values(filters).some(Boolean)} />
        )}
        {cursor && rows.length > 0 && (
          <div className="flex justify-center border-t p-3">
            <Button variant="ghost" size="sm" pending={loading} onClick={() => loadOlder(cursor)}>
              Load older calls
            </Button>
          </div>
        )}
      </Card>
      <CallDrawer call={current} onClose={() => setOpen(null)} />
    </div>
  );
}

function NoCalls({ slug, canConnect, filtered }: { slug: string; canConnect: boolean; filtered: boolean }) {
  if (filtered)
    return (
      <EmptyState icon={SearchX} title="No call fits these filters">
        Clear a filter above to see more.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={Activity}
      title="Waiting for the first call"
      action={
        canConnect && (
          <Button asChild>
            <Link href={paths.connect(slug)}>Connect a client</Link>
          </Button>
        )
      }
    >
      <span className="inline-flex items-center gap-2">
        <Dot tone="accent" live /> Every tool call appears here within seconds: who, which tool, how it went.
      </span>
    </EmptyState>
  );
}
