import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import type { WorkspacePage } from "@/app/page-props";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { listMembers } from "@/lib/services/member/list";
import { listRules } from "@/lib/services/rule/list";
import { listTools } from "@/lib/services/tool/list";
import { getWorkspaceSettings } from "@/lib/services/workspace/update-settings";
import { Rules } from "./rules";

export const metadata: Metadata = { title: "Rules" };

export default async function RulesPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  if (!allows(ctx.role, "rule.manage")) forbidden();
  const [rules, servers, members, settings] = await Promise.all([
    listRules(ctx),
    listTools(ctx),
    listMembers(ctx),
    getWorkspaceSettings(ctx),
  ]);
  return (
    <Rules
      slug={slug}
      rules={rules}
      servers={servers}
      members={members.filter(({ role }) => allows(role, "gateway.use")).map(({ id, name }) => ({ id, name }))}
      keepArgumentsDays={settings.keepArgumentsDays}
    />
  );
}
