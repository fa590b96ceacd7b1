"use client";

import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { ClientPicker } from "@/components/connect/client-picker";
import { ClientSteps } from "@/components/connect/client-steps";
import { CLIENTS, type Way } from "@/components/connect/clients";
import { FirstCall } from "@/components/connect/first-call";
import { TokenStep } from "@/components/connect/token-step";
import { WayPicker } from "@/components/connect/way-picker";
import { Card, CardHeader } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy";
import { fetchCalls } from "../calls/fetch-calls";
import { mintOwnTokenAction } from "./actions";

interface ConnectProps {
  slug: string;
  tokenUrl: string;
  signInUrl: string;
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

function Steps({ slug, tokenUrl, signInUrl, lastCallId, initialClient }: ConnectProps) {
  const [clientId, setClientId] = useState(initialClient);
  const [token, setToken] = useState<string | null>(null);
  const [unsaved, setUnsaved] = useState(false);
  useLeaveGuard(unsaved);
  const [wanted, setWanted] = useState<Way>("token");
  const client = CLIENTS.find((entry) => entry.id === clientId) ?? CLIENTS[0];
  const ways = Object.keys(client?.ways ?? {}) as Way[];
  const way = ways.includes(wanted) ? wanted : ways[0];
  const guide = way && client?.ways[way];
  const copied = () => setUnsaved(false);
  function select(id: string) {
    setClientId(id);
    window.history.replaceState(null, "", `?client=${id}`);
  }
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="grid grid-cols-1 gap-6">
        <ClientPicker selected={clientId} onSelect={select} />
        {ways.length > 1 && way && <WayPicker ways={ways} selected={way} onSelect={setWanted} />}
        {way === "token" && (
          <Step title="Your token">
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
        )}
        {client && guide && (
          <Step title={`Add the workspace to ${client.name}`}>
            <ClientSteps
              name={client.name}
              guide={guide}
              target={{ slug, tokenUrl, signInUrl, token }}
              onCopied={copied}
            />
          </Step>
        )}
        <details className="text-sm">
          <summary className="w-fit rounded text-soft hover:text-ink">Older clients (HTTP + SSE)</summary>
          <div className="mt-3 grid max-w-xl gap-2">
            <CopyField value={tokenUrl} label="SSE URL" />
            <p className="text-faint text-xs">
              The URL for tokens speaks the transport of 2024 too. It answers newer clients as well.
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
