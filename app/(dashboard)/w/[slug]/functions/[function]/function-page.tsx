"use client";

import { useRouter } from "next/navigation";
import type { FunctionTab } from "@/components/functions/function-tabs";
import { FunctionWorkbench } from "@/components/functions/function-workbench";
import { toast } from "@/components/ui/toast";
import { paths } from "@/lib/paths";
import type {
  CheckView,
  DeployedView,
  DeploymentPage,
  FunctionDetail,
  LogsView,
  TryView,
} from "@/lib/services/function/view";
import { listToolArgumentsAction } from "../../rules/actions";
import { setSecretAction } from "../../secrets/actions";
import { removeServerAction, setServerEnabledAction, updateServerAction } from "../../servers/actions";
import {
  activateDeploymentAction,
  diffDeploymentsAction,
  listDeploymentsAction,
  listEgressAction,
  releaseFunctionAction,
  setVarsAction,
} from "../actions";
import { functionApi, functionPath } from "../function-api";

interface PageProps {
  slug: string;
  detail: FunctionDetail;
  deployments: DeploymentPage;
  logs: LogsView;
  members: { id: string; name: string }[];
  tab: FunctionTab;
}

export function FunctionPage({ slug, detail, ...props }: PageProps) {
  const router = useRouter();
  const path = functionPath(detail.slug);
  /** What these change, the page shows. */
  const refreshing = async <T extends { ok: boolean }>(work: Promise<T>): Promise<T> => {
    const answer = await work;
    if (answer.ok) router.refresh();
    return answer;
  };
  return (
    <FunctionWorkbench
      {...props}
      slug={slug}
      detail={detail}
      streamUrl={`/api/v1/workspaces/${encodeURIComponent(slug)}${path}/logs/stream`}
      ports={{
        onCheck: async (files, entry, signal) => {
          const answer = await functionApi<CheckView>(slug, "POST", `${path}/check`, { files, entry }, signal);
          if (!answer.ok) throw new Error(answer.message);
          return answer.data.problems;
        },
        onSave: ({ files, entry }) =>
          refreshing(functionApi<FunctionDetail>(slug, "PUT", `${path}/source`, { files, entry })),
        onDeploy: ({ note, stage }) =>
          refreshing(functionApi<DeployedView>(slug, "POST", `${path}/deployments`, { note, stage })),
        onTry: ({ function: _, ...input }) => functionApi<TryView>(slug, "POST", `${path}/try`, input),
        onActivate: activateDeploymentAction.bind(null, slug),
        onDiff: diffDeploymentsAction.bind(null, slug),
        onOlder: listDeploymentsAction.bind(null, slug),
        onArguments: listToolArgumentsAction.bind(null, slug),
        onEgress: listEgressAction.bind(null, slug),
        onRelease: releaseFunctionAction.bind(null, slug),
        onSetVars: setVarsAction.bind(null, slug),
        onSetSecret: setSecretAction.bind(null, slug),
        onToggle: setServerEnabledAction.bind(null, slug),
        onRename: updateServerAction.bind(null, slug),
        onRemove: removeServerAction.bind(null, slug),
        onRemoved: () => {
          toast.success(`${detail.name} is removed`);
          router.replace(paths.functions(slug));
        },
      }}
    />
  );
}
