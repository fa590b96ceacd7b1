"use client";

import { type ReactNode, useEffect, useState } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import { CodeBlock, CopyField } from "@/components/ui/copy";
import type { Action } from "@/lib/action-state";
import type { NewTokenView } from "@/lib/services/token/view";
import type { Client, System, Way } from "./client";
import { ClientPicker } from "./client-picker";
import { ClientSteps } from "./client-steps";
import { CLIENTS } from "./clients";
import { type OwnToken, TokenStep } from "./token-step";
import { WayPicker } from "./way-picker";

/** What is being connected: the light beside waits for it. */
export interface Connecting {
  client: Client;
  way: Way;
  /** Id of the token; null: none chosen, or the client signs in. */
  tokenId: string | null;
}

interface PanelProps {
  slug: string;
  tokenUrl: string;
  signInUrl: string;
  localOnly: boolean;
  own: OwnToken[];
  clientId: string;
  onClient(id: string): void;
  system: System;
  onSystem(system: System): void;
  onMint: Action<{ name: string }, NewTokenView>;
  onConnecting(connecting: Connecting): void;
}

/** Client, token and what to paste; every option re-renders the snippets at once. */
export function ConnectPanel(props: PanelProps) {
  const { slug, tokenUrl, signInUrl, localOnly, own, clientId, onClient, system, onSystem, onMint, onConnecting } =
    props;
  const [minted, setMinted] = useState<NewTokenView | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [unsaved, setUnsaved] = useState(false);
  const [wanted, setWanted] = useState<Way | null>(null);
  useLeaveGuard(unsaved);
  const client = CLIENTS.find((entry) => entry.id === clientId) ?? CLIENTS[0];
  const way = client?.ways.find((each) => each === wanted) ?? client?.ways[0];
  if (!client || !way) return null;
  const tokenId = minted?.id ?? chosen;
  const tell = (next: Partial<Connecting>) => {
    const of = next.client ?? client;
    const by = next.way ?? of.ways.find((each) => each === wanted) ?? of.ways[0] ?? way;
    onConnecting({ client: of, way: by, tokenId: by === "sign-in" ? null : (next.tokenId ?? tokenId) });
  };
  const copied = () => setUnsaved(false);
  return (
    <div className="grid grid-cols-1 gap-6">
      <ClientPicker
        selected={client.id}
        onSelect={(id) => {
          onClient(id);
          tell({ client: CLIENTS.find((entry) => entry.id === id) });
        }}
      />
      <WayPicker
        client={client}
        selected={way}
        onSelect={(next) => {
          setWanted(next);
          tell({ way: next });
        }}
      />
      {way !== "sign-in" && (
        <Step title="Your token">
          <TokenStep
            token={minted?.token ?? null}
            own={own}
            chosen={chosen}
            onChoose={(id) => {
              setChosen(id);
              onConnecting({ client, way, tokenId: id });
            }}
            suggestion={client.name}
            onMint={onMint}
            onMinted={(token) => {
              setMinted(token);
              setUnsaved(true);
              tell({ tokenId: token.id });
            }}
            onCopied={copied}
          />
        </Step>
      )}
      <Step title={`Add the workspace to ${client.name}`}>
        <ClientSteps
          client={client}
          way={way}
          system={system}
          onSystem={onSystem}
          target={{ slug, tokenUrl, signInUrl, token: minted?.token ?? null }}
          localOnly={localOnly}
          onCopied={copied}
        />
      </Step>
      <OlderClients slug={slug} url={tokenUrl} />
    </div>
  );
}

export function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="min-w-0">
      <CardHeader title={title} />
      <div className="px-5 pb-5">{children}</div>
    </Card>
  );
}

function OlderClients({ slug, url }: { slug: string; url: string }) {
  return (
    <details className="text-sm">
      <summary className="w-fit rounded text-soft hover:text-ink">Older clients (HTTP + SSE)</summary>
      <div className="mt-3 grid max-w-xl gap-3">
        <CopyField value={url} label="SSE URL" />
        <CodeBlock
          label="SSE configuration"
          title="As most of them write it"
          code={JSON.stringify(
            { mcpServers: { [slug]: { type: "sse", url, headers: { Authorization: "Bearer mwt_your_token" } } } },
            null,
            2,
          )}
        />
        <p className="text-faint text-xs leading-5">
          The URL for tokens speaks the transport of 2024 too. It answers newer clients as well, so it is the one in the
          snippets above.
        </p>
      </div>
    </details>
  );
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
