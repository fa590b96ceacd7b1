"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useEffect, useState } from "react";
import { CLIENTS } from "@/components/connect/clients";
import { type Connecting, ConnectPanel } from "@/components/connect/connect-panel";
import type { Pick } from "@/components/onboarding/pick";
import { STEPS, type StepName, Stepper } from "@/components/onboarding/stepper";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { paths } from "@/lib/paths";
import type { WorkspaceTool } from "@/lib/services/tool/view";
import type { SetupProgressView } from "@/lib/services/workspace/view";
import { mintOwnTokenAction } from "../connect/actions";
import type { ConnectFacts } from "../connect/facts";
import { Light } from "../connect/light";
import { useChoice } from "../connect/use-choice";
import { fetchConnection } from "../connect/use-connection";
import { firstToTry } from "../tools/first-to-try";
import { RunDrawer } from "../tools/run-drawer";
import { workspaceApi } from "../workspace-api";
import { skipSetupAction } from "./actions";
import { ServersStep } from "./servers-step";
import { usePicks } from "./use-picks";

interface StartProps {
  facts: ConnectFacts;
  progress: SetupProgressView;
  offered: Pick[];
  total: number;
  /** Members begin with their client: servers are the admins' business. */
  canManage: boolean;
}

/** From an empty workspace to the first call; where it stands is read from what is there. */
export function Start({ facts, progress, offered, total, canManage }: StartProps) {
  const { slug } = facts;
  const router = useRouter();
  const steps: readonly StepName[] = canManage ? STEPS : STEPS.filter((step) => step !== "servers");
  const resumed: StepName = canManage && !progress.hasTool ? "servers" : progress.ownCall ? "call" : "client";
  const [wanted, setStep] = useQueryState("step", parseAsStringLiteral(STEPS).withOptions({ history: "push" }));
  const step = wanted !== null && steps.includes(wanted) ? wanted : resumed;
  const picks = usePicks(slug, offered, progress.hasTool);
  const { tools, refresh } = useCallable(slug, facts.tools);
  const skip = useSubmit(skipSetupAction.bind(null, slug), () => router.push(paths.workspace(slug)));
  const { clientId, system, chooseClient, chooseSystem } = useChoice(facts.system);
  const [way, setWay] = useState<Connecting["way"] | null>(null);
  const [tokenId, setTokenId] = useState<string | null>(null);
  const [running, setRunning] = useState<string | null>(null);
  const client = CLIENTS.find(({ id }) => id === clientId) ?? CLIENTS[0];
  const chosen = client?.ways.find((each) => each === way) ?? client?.ways[0];
  const first = firstToTry(tools);
  const arrived = useArrival(slug, facts.since) || progress.ownCall;
  useEffect(() => {
    if (skip.error) toast.error(skip.error.message);
  }, [skip.error]);

  const goTo = (next: StepName) => void setStep(next);
  return (
    <div className="grid grid-cols-1 gap-7">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <Stepper
          current={step}
          steps={steps}
          done={{ servers: tools.length > 0, client: arrived || tokenId !== null, call: arrived }}
          onStep={goTo}
        />
        {arrived ? (
          <Button variant="secondary" onClick={() => router.push(paths.workspace(slug))}>
            To the overview <ArrowRight aria-hidden />
          </Button>
        ) : (
          <Button
            variant="ghost"
            pending={skip.pending}
            onClick={() => (canManage ? skip.submit(undefined) : router.push(paths.workspace(slug)))}
          >
            Skip for now
          </Button>
        )}
      </div>
      {step === "servers" && (
        <ServersStep
          slug={slug}
          total={total}
          state={picks}
          hasTool={tools.length > 0}
          onNext={() => {
            refresh();
            goTo("client");
          }}
        />
      )}
      {/* Stays while the last step shows: the new token lives in it and nowhere else. */}
      <div
        className={cn(
          "grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_21rem]",
          step === "servers" ? "hidden" : "grid",
          step === "call" && "max-w-2xl xl:grid-cols-1",
        )}
      >
        <div className={cn("grid min-w-0 gap-6", step === "call" && "hidden")}>
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
          <div>
            <Button size="lg" onClick={() => goTo("call")}>
              I have added it <ArrowRight aria-hidden />
            </Button>
          </div>
        </div>
        {step !== "servers" && client && chosen && (
          <div className={cn(step === "client" && "xl:sticky xl:top-10")}>
            <Light
              slug={slug}
              connecting={{ client, way: chosen, tokenId: arrived ? null : tokenId }}
              since={facts.since}
              hasTool={tools.length > 0}
              localOnly={facts.localOnly}
              canInvite={facts.canInvite}
              onRun={first ? () => setRunning(first.qualifiedName) : null}
            />
          </div>
        )}
      </div>
      <RunDrawer slug={slug} tools={tools} name={running} onName={setRunning} refusal={null} />
    </div>
  );
}

/** Tools that can be run now; asked anew when servers were added. */
function useCallable(slug: string, initialData: WorkspaceTool[]) {
  const { data, refetch } = useQuery({
    queryKey: ["callable", slug],
    queryFn: async ({ signal }) => {
      const { tools } = await workspaceApi<{ tools: WorkspaceTool[] }>(slug, "/tools", { signal });
      return tools.filter(({ enabled, listed, server }) => enabled && listed && server.enabled);
    },
    initialData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { tools: data, refresh: () => void refetch() };
}

/** Whether a call by anything of this person's has succeeded since: a client's, or one run here. */
function useArrival(slug: string, since: string): boolean {
  const { data } = useQuery({
    queryKey: ["connection", slug, null, since],
    queryFn: ({ signal }) => fetchConnection(slug, null, since, signal),
    refetchInterval: ({ state }) => (state.data?.call?.outcome === "ok" ? false : 2_000),
    retry: false,
  });
  return data?.call?.outcome === "ok";
}
