"use client";

import { useState } from "react";
import { Tabs } from "@/components/ui/tabs";
import type { Action } from "@/lib/action-state";
import type {
  ActivateDeploymentInput,
  DeployFunctionInput,
  DiffDeploymentsInput,
  ListDeploymentsInput,
  ListEgressInput,
  ReleaseFunctionInput,
  SaveFunctionInput,
  SetVarsInput,
  TryFunctionInput,
} from "@/lib/services/function/schemas";
import type {
  DeployedView,
  DeploymentPage,
  DiffView,
  EgressPage,
  FunctionDetail,
  LogsView,
  TryView,
} from "@/lib/services/function/view";
import type { SetSecretInput } from "@/lib/services/secret/schemas";
import type { SecretSetView } from "@/lib/services/secret/view";
import type { RemoveServerInput, SetServerEnabledInput, UpdateServerInput } from "@/lib/services/server/schemas";
import type { ServerSaved, ServerView } from "@/lib/services/server/view";
import type { ListToolArgumentsInput } from "@/lib/services/tool/schemas";
import type { ToolArgument } from "@/lib/services/tool/view";
import type { DeletedView } from "@/lib/services/workspace/view";
import { DeploymentList } from "./deployments/deployment-list";
import { CodeTab } from "./editor/code-tab";
import { LeaveGuard } from "./editor/leave-guard";
import { type CheckFiles, useCheck } from "./editor/use-check";
import { useDeploy } from "./editor/use-deploy";
import { useDraft } from "./editor/use-draft";
import { FunctionHead } from "./function-head";
import { FUNCTION_TABS, type FunctionTab } from "./function-tabs";
import { LogTab } from "./logs/log-tab";
import { OutboundTab } from "./outbound/outbound-tab";
import { GeneralCard } from "./settings/general-card";
import { ManifestCard } from "./settings/manifest-card";
import { RemoveCard } from "./settings/remove-card";
import { SecretsCard } from "./settings/secrets-card";
import { VarsCard } from "./settings/vars-card";
import { TryTab } from "./try/try-tab";

/** All that can be done with one function. */
export interface FunctionPorts {
  onCheck: CheckFiles;
  onSave: Action<SaveFunctionInput, FunctionDetail>;
  onDeploy: Action<DeployFunctionInput, DeployedView>;
  onActivate: Action<ActivateDeploymentInput, DeployedView>;
  onDiff: Action<DiffDeploymentsInput, DiffView>;
  onOlder: Action<ListDeploymentsInput, DeploymentPage>;
  onTry: Action<TryFunctionInput, TryView>;
  onArguments: Action<ListToolArgumentsInput, ToolArgument[]>;
  onEgress: Action<ListEgressInput, EgressPage>;
  onRelease: Action<ReleaseFunctionInput, LogsView>;
  onSetVars: Action<SetVarsInput, FunctionDetail>;
  onSetSecret: Action<SetSecretInput, SecretSetView>;
  onToggle: Action<SetServerEnabledInput, ServerView>;
  onRename: Action<UpdateServerInput, ServerSaved>;
  onRemove: Action<RemoveServerInput, DeletedView>;
  onRemoved(): void;
}

interface WorkbenchProps {
  slug: string;
  detail: FunctionDetail;
  deployments: DeploymentPage;
  logs: LogsView;
  /** Of its log's event stream. */
  streamUrl: string;
  members: { id: string; name: string }[];
  tab: FunctionTab;
  ports: FunctionPorts;
}

/** The page of one function. What is typed lives here, above the tabs. */
export function FunctionWorkbench({
  slug,
  detail,
  deployments,
  logs,
  streamUrl,
  members,
  tab: first,
  ports,
}: WorkbenchProps) {
  const [tab, setTab] = useState<FunctionTab>(first);
  const [call, setCall] = useState("");
  const draft = useDraft(detail);
  const checked = useCheck(draft.files, draft.entry, ports.onCheck);
  const deploying = useDeploy({
    function: detail.slug,
    draft,
    onSave: ports.onSave,
    onDeploy: ports.onDeploy,
    check: (files) => ports.onCheck(files, draft.entry, new AbortController().signal),
  });
  const open = (next: FunctionTab) => {
    setTab(next);
    const url = new URL(window.location.href);
    url.searchParams.set("tab", next);
    window.history.replaceState(null, "", url);
  };
  const contents: Record<FunctionTab, { title: string; content: React.ReactNode }> = {
    code: {
      title: "Code",
      content: (
        <CodeTab slug={slug} detail={detail} draft={draft} checked={checked} deploying={deploying} onTab={open} />
      ),
    },
    deployments: {
      title: "Deployments",
      content: (
        <DeploymentList
          key={deployments.deployments[0]?.id}
          detail={detail}
          first={deployments}
          onActivate={ports.onActivate}
          onDiff={ports.onDiff}
          onOlder={ports.onOlder}
          onCode={() => open("code")}
        />
      ),
    },
    test: {
      title: "Test",
      content: (
        <TryTab
          detail={detail}
          onTry={ports.onTry}
          onArguments={ports.onArguments}
          onOutbound={(id) => {
            setCall(id);
            open("outbound");
          }}
          onCode={() => open("code")}
        />
      ),
    },
    logs: {
      title: "Logs",
      content: <LogTab key={logs.deployment?.id} url={streamUrl} logs={logs} />,
    },
    outbound: {
      title: "Outbound",
      content: (
        <OutboundTab function={detail.slug} call={call} members={members} onList={ports.onEgress} onCall={setCall} />
      ),
    },
    settings: {
      title: "Settings",
      content: (
        <div className="grid max-w-3xl grid-cols-1 gap-6">
          <GeneralCard key={detail.name} detail={detail} onRename={ports.onRename} />
          <SecretsCard slug={slug} detail={detail} onSetSecret={ports.onSetSecret} />
          <VarsCard key={JSON.stringify(detail.vars)} detail={detail} onSetVars={ports.onSetVars} />
          <ManifestCard manifest={detail.active?.manifest ?? null} />
          <RemoveCard detail={detail} onRemove={ports.onRemove} onRemoved={ports.onRemoved} />
        </div>
      ),
    },
  };
  return (
    <>
      <FunctionHead
        slug={slug}
        detail={detail}
        onToggle={ports.onToggle}
        onRelease={ports.onRelease}
        onTab={open}
        saidMissing={tab === "settings" || (tab === "code" && deploying.run?.result != null)}
      />
      <Tabs
        label="Function"
        value={tab}
        onValueChange={(value) => open(FUNCTION_TABS.find((each) => each === value) ?? "code")}
        tabs={FUNCTION_TABS.map((value) => ({ value, ...contents[value] }))}
      />
      <LeaveGuard active={draft.dirty} onSave={deploying.save} />
    </>
  );
}
