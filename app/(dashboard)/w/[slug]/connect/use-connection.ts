"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ConnectionProgressView } from "@/lib/services/token/view";
import { workspaceApi } from "../workspace-api";

const POLL_MS = 1_500;
const SLOW_MS = 30_000;
const NOTHING: ConnectionProgressView = { client: null, seenAt: null, listedAt: null, call: null };

/** What the log knows of a token since then. */
export function fetchConnection(slug: string, tokenId: string | null, since: string, signal?: AbortSignal) {
  const query = new URLSearchParams({ since, ...(tokenId !== null && { token: tokenId }) });
  return workspaceApi<ConnectionProgressView>(slug, `/connection?${query}`, { signal });
}

/** Asks every other second how far the client is, until a call of its succeeded; `slow` after half a minute without one. */
export function useConnection(slug: string, tokenId: string | null, since: string) {
  const { data } = useQuery({
    queryKey: ["connection", slug, tokenId, since],
    queryFn: ({ signal }) => fetchConnection(slug, tokenId, since, signal),
    refetchInterval: ({ state }) => (state.data?.call?.outcome === "ok" ? false : POLL_MS),
    refetchIntervalInBackground: true, // people are in their client while they wait
    retry: false,
  });
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return { progress: data ?? NOTHING, slow };
}
