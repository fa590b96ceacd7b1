"use client";

import { useState } from "react";
import { CLIENTS } from "@/components/connect/clients";
import { type Connecting, ConnectPanel } from "@/components/connect/connect-panel";
import { firstToTry } from "../tools/first-to-try";
import { RunDrawer } from "../tools/run-drawer";
import { mintOwnTokenAction } from "./actions";
import type { ConnectFacts } from "./facts";
import { Light } from "./light";
import { useChoice } from "./use-choice";

/** Client, token, snippets, and the light beside them. */
export function Connect({ facts }: { facts: ConnectFacts }) {
  const { slug, tools } = facts;
  const { clientId, system, chooseClient, chooseSystem } = useChoice(facts.system);
  const [tokenId, setTokenId] = useState<string | null>(null);
  const [way, setWay] = useState<Connecting["way"] | null>(null);
  const [running, setRunning] = useState<string | null>(null);
  const client = CLIENTS.find(({ id }) => id === clientId) ?? CLIENTS[0];
  const first = firstToTry(tools);
  const chosen = client?.ways.find((each) => each === way) ?? client?.ways[0];
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_21rem]">
      <ConnectPanel
        {...facts}
        clientId={clientId}
        onClient={chooseClient}
        system={system}
        onSystem={chooseSystem}
        onMint={mintOwnTokenAction.bind(null, slug)}
        onConnecting={(connecting) => {
          setWay(connecting.way);
          setTokenId(connecting.tokenId);
        }}
      />
      <div className="xl:sticky xl:top-10">
        {client && chosen && (
          <Light
            slug={slug}
            connecting={{ client, way: chosen, tokenId }}
            since={facts.since}
            hasTool={tools.length > 0}
            localOnly={facts.localOnly}
            canInvite={facts.canInvite}
            onRun={first ? () => setRunning(first.qualifiedName) : null}
          />
        )}
      </div>
      <RunDrawer slug={slug} tools={tools} name={running} onName={setRunning} refusal={null} />
    </div>
  );
}
