import { argumentRules } from "@/db/schema/argument-rules";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { findMember } from "@/lib/services/member/manage";
import { parse } from "@/lib/services/parse";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { auditedRule, findRuleServer, viewRule } from "./find";
import { CreateRuleInput } from "./schemas";
import type { RuleView } from "./view";

/**
 * Says what the arguments of one tool must be like, for a member, a role or everyone. All rules that concern a caller
 * must hold; a call that breaks one is refused with the reason, before its server is asked.
 * @throws AppError `forbidden`, `invalid`, `not_found` (server, tool, member)
 */
export async function createRule(ctx: WorkspaceCtx, input: CreateRuleInput): Promise<RuleView> {
  requirePermission(ctx, "rule.manage");
  const { server: ref, tool, memberId = null, role = null, conditions } = parse(CreateRuleInput, input);
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const server = await findRuleServer(tx, ctx, ref, tool);
    if (memberId !== null) await findMember(tx, ctx, memberId);
    const now = ctx.now();
    const id = newId("rule", now.getTime());
    const rule = { memberId, role, conditions };
    const row = { id, workspaceId: ctx.workspace.id, serverId: server.id, tool, ...rule };
    await tx.insert(argumentRules).values({ ...row, createdAt: now, updatedAt: now });
    await audit(
      tx,
      ctx,
      "rule.create",
      { type: "rule", id, name: `${server.slug}/${tool}` },
      { after: auditedRule(rule) },
    );
    return viewRule(tx, ctx, id);
  });
}
