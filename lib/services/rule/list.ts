import { and, eq } from "drizzle-orm";
import { argumentRules } from "@/db/schema/argument-rules";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findServer } from "@/lib/services/server/find";
import { readRules } from "./find";
import { ListRulesInput } from "./schemas";
import type { RuleView } from "./view";

/** Rules of the workspace, or of one server or tool. @throws AppError `forbidden`, `not_found` (server) */
export async function listRules(ctx: WorkspaceCtx, input: ListRulesInput = {}): Promise<RuleView[]> {
  requirePermission(ctx, "rule.manage");
  const { server: ref, tool } = parse(ListRulesInput, input);
  const server = ref === undefined ? undefined : await findServer(ctx.db, ctx, ref);
  const views = await readRules(ctx.db, ctx, and(server ? eq(argumentRules.serverId, server.id) : undefined));
  return tool === undefined ? views : views.filter((view) => view.tool === tool);
}
