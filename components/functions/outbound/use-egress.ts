"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { Action } from "@/lib/action-state";
import type { ListEgressInput } from "@/lib/services/function/schemas";
import type { EgressPage } from "@/lib/services/function/view";

/** Pages of outbound requests for one set of filters; an answer for other filters is dropped. */
export function useEgress(filters: ListEgressInput, onList: Action<ListEgressInput, EgressPage>) {
  const wanted = JSON.stringify(filters);
  const [page, setPage] = useState<(EgressPage & { of: string }) | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [loading, setLoading] = useState(false);
  const load = useEffectEvent(async (of: string, cursor: string | null, isCurrent: () => boolean) => {
    setLoading(true);
    const answer = await onList({ ...filters, ...(cursor && { cursor }) }).catch(() => null);
    if (!isCurrent()) return;
    setLoading(false);
    setFault(answer?.ok ? null : (answer?.message ?? "The server did not answer."));
    if (answer?.ok)
      setPage((seen) => ({
        ...answer.data,
        of,
        requests: [...(cursor ? (seen?.requests ?? []) : []), ...answer.data.requests],
      }));
  });
  useEffect(() => {
    let current = true;
    load(wanted, null, () => current);
    return () => {
      current = false;
    };
  }, [wanted]);
  const shown = page?.of === wanted ? page : null;
  return {
    requests: shown?.requests ?? null,
    fault,
    loading,
    hasOlder: shown?.nextCursor != null,
    refresh: () => load(wanted, null, () => true),
    older: () => load(wanted, shown?.nextCursor ?? null, () => true),
  };
}
