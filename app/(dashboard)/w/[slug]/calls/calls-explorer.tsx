"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { useState } from "react";
import { CallTable } from "@/components/calls/call-table";
import { LiveToggle } from "@/components/calls/live-toggle";
import { mergePages } from "@/components/calls/merge-calls";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { toast } from "@/components/ui/toast";
import { useRowKeys } from "@/components/ui/use-row-keys";
import type { CallDetailView, CallPage } from "@/lib/services/call/view";
import { fetchCalls } from "./fetch-calls";
import { LinkedCall } from "./linked-call";
import { NoCalls } from "./no-calls";

interface ExplorerProps {
  slug: string;
  /** False for auditors, who have no client to connect. */
  canConnect: boolean;
  /** How payloads are kept; null for readers who may not open them. */
  payloads: { keepDays: number; keepResults: boolean } | null;
  mcpUrl: string;
  /** As they stand in the URL. */
  filters: Record<string, string>;
  firstPage: CallPage;
  /** The call that the page's own link names; null where there is none for this reader. */
  linked: CallDetailView | null;
}

const POLL_MS = 2_000;

/** Other filters, another list: nothing of the one before may stay. */
export function CallsExplorer(props: ExplorerProps) {
  return <Explorer key={JSON.stringify(props.filters)} {...props} />;
}

function Explorer({ slug, canConnect, payloads, mcpUrl, filters, firstPage, linked }: ExplorerProps) {
  const client = useQueryClient();
  const [live, setLive] = useState(true);
  const [open, setOpen] = useQueryState("call");
  const [loading, setLoading] = useState(false);
  const [since] = useState(firstPage.calls[0]?.id ?? "");
  const queryKey = ["calls", slug, filters];
  // The cache holds all rows seen so far; a poll fetches the newest page and lays it over them.
  const { data, isError } = useQuery({
    queryKey,
    queryFn: async ({ signal }) =>
      mergePages(client.getQueryData<CallPage>(queryKey), await fetchCalls(slug, filters, signal)),
    initialData: firstPage,
    refetchInterval: live ? POLL_MS : false,
    retry: false,
    gcTime: 0, // coming back starts with the page's own rows, not with a hole behind old ones
  });
  const { calls: rows, nextCursor: cursor } = data;
  const keys = useRowKeys({ onOpen: (index) => void setOpen(rows[index]?.id ?? null) });

  async function loadOlder(from: string) {
    setLoading(true);
    try {
      const page = await fetchCalls(slug, { ...filters, cursor: from });
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
    <>
      <Card>
        <div className="flex items-center justify-between gap-3 border-b px-5 py-2.5">
          <p className="text-faint text-xs">
            Newest first<span className="hidden lg:inline">. j and k move, Enter opens, Escape closes.</span>
          </p>
          <LiveToggle live={live} failing={isError} onChange={setLive} />
        </div>
        {rows.length > 0 ? (
          <CallTable calls={rows} onOpen={(call) => void setOpen(call.id)} keys={keys} since={since} current={open} />
        ) : (
          <NoCalls slug={slug} canConnect={canConnect} filtered={Object.keys(filters).length > 0} live={live} />
        )}
        {cursor && rows.length > 0 && (
          <div className="flex justify-center border-t p-3">
            <Button variant="ghost" size="sm" pending={loading} onClick={() => loadOlder(cursor)}>
              Load older calls
            </Button>
          </div>
        )}
      </Card>
      <LinkedCall
        slug={slug}
        open={open}
        setOpen={setOpen}
        rows={rows}
        linked={linked}
        mcpUrl={mcpUrl}
        payloads={payloads}
      />
    </>
  );
}
