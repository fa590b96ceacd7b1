"use client";

import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { ClientPicker } from "@/components/connect/client-picker";
import { ClientSteps } from "@/components/connect/client-steps";
import { CLIENTS } from "@/components/connect/clients";
import { FirstCall } from "@/components/connect/first-call";
import { TokenStep } from "@/components/connect/token-step";
import { Card, CardHeader } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy";
import { fetchCalls } from "../calls/fetch-calls";
import { mintOwnTokenAction } from "./actions";

interface ConnectProps {
  slug: string;
  mcpUrl: string;
  sseUrl: string;
  /** Newest call before the page was opened. */
  lastCallId: string | null;
  initialClient: string;
}

const POLL_MS = 2_000;
const SLOW_MS = 30_000;

export function Connect(props: ConnectProps) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <Steps {...props} />
    </QueryClientProvider>
  );
}

function Steps({ slug, mcpUrl, sseUrl, lastCallId, initialClient }: ConnectProps) {
  const [clientId, setClientId] = useState(initialClient);
  const [token, setToken] = useState<string | null>(null);
  const [unsaved, setUnsaved] = useState(false);
  useLeaveGuard(unsaved);
  const client = CLIENTS.find((entry) => entry.id === clientId) ?? CLIENTS[0];
  const copied = () => setUnsaved(false);
  function select(id: string) {
    setClientId(id);
    window.history.replaceState(null, "", `?client=${id}`);
  }
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="grid grid-cols-1 gap-6">
        <ClientPicker selected={clientId} onSelect={select} />
        <Step title="1. Your token">
          <TokenStep
            token={token}
            suggestion={client?.name ?? "My laptop"}
            onMint={mintOwnTokenAction.bind(null, slug)}
            onMinted={(minted) => {
              setToken(minted.token);
              setUnsaved(true);
            }}
            onCopied={copied}
          />
        </Step>
        <Step title={`2. Add the workspace to ${client?.name}`}>
          {client && <ClientSteps client={client} target={{ slug, mcpUrl, sseUrl, token }} onCopied={copied} />}
        </Step>
        <details className="text-sm">
          <summary className="w-fit rounded text-soft hover:text-ink">Older clients (HTTP + SSE)</summary>
          <div className="mt-3 grid max-w-xl gap-2">
            <CopyField value={sseUrl} label="SSE URL" />
            <p className="text-faint text-xs">
              For clients that know only the 2024 transport. It answers newer ones as well.
            </p>
          </div>
        </details>
      </div>
      <div className="xl:sticky xl:top-10">
        <Light slug={slug} lastCallId={lastCallId} />
      </div>
    </div>
  );
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="min-w-0">
      <CardHeader title={title} />
      <div className="px-5 pb-5">{children}</div>
    </Card>
  );
}

/** Polls for a call newer than those before the page was opened. */
function Light({ slug, lastCallId }: { slug: string; lastCallId: string | null }) {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  const { data } = useQuery({
    queryKey: ["newest-call", slug],
    queryFn: ({ signal }) => fetchCalls(slug, { limit: "1" }, signal),
    refetchInterval: POLL_MS,
    retry: false,
  });
  const newest = data?.calls[0];
  const call = newest && newest.id !== lastCallId && newest.outcome !== "pending" ? newest : null;
  return <FirstCall call={call} slow={slow} />;
}

/** The browser asks before the page goes while a token was made but copied nowhere. */
function useLeaveGuard(active: boolean) {
  useEffect(() => {
    if (!active) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [active]);
}
