import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { FUNCTION_TABS } from "@/components/functions/function-tabs";
import { orNotFound, requireWorkspaceCtx } from "@/lib/auth/context";
import { getFunction } from "@/lib/services/function/get";
import { listDeployments } from "@/lib/services/function/list-deployments";
import { functionLogs } from "@/lib/services/function/logs";
import { listMembers } from "@/lib/services/member/list";
import { FunctionPage } from "./function-page";

export const metadata: Metadata = { title: "Function" };

export default async function OneFunctionPage({ params, searchParams }: WorkspacePage<{ function: string }>) {
  const { slug, function: ref } = await params;
  const { tab } = await searchParams;
  const ctx = await requireWorkspaceCtx(slug);
  const detail = await orNotFound(getFunction(ctx, { function: ref }));
  const of = { function: detail.slug };
  const [deployments, logs, members] = await Promise.all([
    listDeployments(ctx, of),
    functionLogs(ctx, of),
    listMembers(ctx),
  ]);
  return (
    <FunctionPage
      key={detail.id}
      slug={slug}
      detail={detail}
      deployments={deployments}
      logs={logs}
      members={members.map(({ id, name }) => ({ id, name }))}
      tab={FUNCTION_TABS.find((each) => each === tab) ?? "code"}
    />
  );
}
