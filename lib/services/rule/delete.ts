import { and, eq } from "drizzle-orm";
import { argumentRules } from "@/db/schema/argument-rules";
import { audit } from "@/lib/services/audit/record";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { touchWorkspace } from "@/lib/services/workspace/touch";
import type { DeletedView } from "@/lib/services/workspace/view";
import { auditedRule, findRule } from "./find";
import { DeleteRuleInput } from "./schemas";

/** Takes a rule away: calls that it refused go through within a second. @throws AppError `forbidden`, `not_found` */
export async function deleteRule(ctx: WorkspaceCtx, input: DeleteRuleInput): Promise<DeletedView> {
  requirePermission(ctx, "rule.manage");
  const { rule: id } = parse(DeleteRuleInput, input);
  return ctx.db.transaction(async (tx) => {
    await touchWorkspace(tx, ctx.workspace.id);
    const { rule, server } = await findRule(tx, ctx, id);
    await tx
      .delete(argumentRules)
      .where(and(eq(argumentRules.workspaceId, ctx.workspace.id), eq(argumentRules.id, id)));
    const target = { type: "rule", id, name: `${server.slug}/${rule.tool}` };
    await audit(tx, ctx, "rule.delete", target, { before: auditedRule(rule) });
    return { id, deleted: true as const };
  });
}
