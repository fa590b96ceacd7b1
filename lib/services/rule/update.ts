import { and, eq } from "drizzle-orm";
import { argumentRules } from "@/db/schema/argument-rules";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { findMember } from "@/lib/services/member/manage";
import { parse } from "@/lib/services/parse";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import { auditedRule, findRule, viewRule } from "./find";
import { UpdateRuleInput } from "./schemas";
import type { RuleView } from "./view";

/**
 * Changes conditions or whom a rule concerns; naming a member takes the role off, and the other way round.
 * @throws AppError `forbidden`, `invalid`, `not_found` (rule, member)
 */
export async function updateRule(ctx: WorkspaceCtx, input: UpdateRuleInput): Promise<RuleView> {
  requirePermission(ctx, "rule.manage");
  const { rule: id, conditions, ...audience } = parse(UpdateRuleInput, input);
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const { rule: old, server } = await findRule(tx, ctx, id);
    const { memberId = audience.role ? null : old.memberId, role = audience.memberId ? null : old.role } = audience;
    if (audience.memberId) await findMember(tx, ctx, audience.memberId);
    const fresh = { memberId, role, conditions: conditions ?? old.conditions };
    await tx
      .update(argumentRules)
      .set({ ...fresh, updatedAt: ctx.now() })
      .where(and(eq(argumentRules.workspaceId, ctx.workspace.id), eq(argumentRules.id, id)));
    const change = { before: auditedRule(old), after: auditedRule(fresh) };
    await audit(tx, ctx, "rule.update", { type: "rule", id, name: `${server.slug}/${old.tool}` }, change);
    return viewRule(tx, ctx, id);
  });
}
