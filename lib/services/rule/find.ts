import { and, eq, type SQL } from "drizzle-orm";
import { argumentRules } from "@/db/schema/argument-rules";
import { members } from "@/db/schema/members";
import { serverTools } from "@/db/schema/server-tools";
import { servers } from "@/db/schema/servers";
import { describeCondition } from "@/lib/access/evaluate-rules";
import { AppError } from "@/lib/errors";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import { iso, isRef } from "@/lib/services/fields";
import { findServer, type ServerRow } from "@/lib/services/server/find";
import type { RuleView } from "./view";

export type RuleRow = typeof argumentRules.$inferSelect;

/** Views of the rules that fit, by server, tool and age. */
export async function readRules(db: Db, ctx: WorkspaceCtx, condition?: SQL): Promise<RuleView[]> {
  const rows = await db
    .select({ rule: argumentRules, server: servers, member: members })
    .from(argumentRules)
    .innerJoin(servers, eq(servers.id, argumentRules.serverId))
    .leftJoin(members, eq(members.id, argumentRules.memberId))
    .where(and(eq(argumentRules.workspaceId, ctx.workspace.id), condition))
    .orderBy(servers.slug, argumentRules.tool, argumentRules.id);
  return rows.map(({ rule, server, member }) => ({
    id: rule.id,
    server: { id: server.id, slug: server.slug, name: server.name },
    tool: rule.tool,
    member: member && { id: member.id, name: member.name },
    role: rule.role,
    conditions: rule.conditions,
    sentences: rule.conditions.map(describeCondition),
    createdAt: iso(rule.createdAt),
    updatedAt: iso(rule.updatedAt),
  }));
}

/** One rule's view. */
export async function viewRule(db: Db, ctx: WorkspaceCtx, id: string): Promise<RuleView> {
  const [view] = await readRules(db, ctx, eq(argumentRules.id, id));
  if (!view) throw new Error("readRules answers a view for a rule that was found");
  return view;
}

/** A rule of this workspace with its server. @throws AppError `not_found` for unknown and foreign ones alike */
export async function findRule(db: Db, ctx: WorkspaceCtx, id: string): Promise<{ rule: RuleRow; server: ServerRow }> {
  const [row] = isRef(id)
    ? await db
        .select({ rule: argumentRules, server: servers })
        .from(argumentRules)
        .innerJoin(servers, eq(servers.id, argumentRules.serverId))
        .where(and(eq(argumentRules.workspaceId, ctx.workspace.id), eq(argumentRules.id, id)))
    : [];
  if (!row) throw new AppError("not_found", "There is no such rule in this workspace.");
  return row;
}

/** The server of a rule, which must have the tool. @throws AppError `not_found` */
export async function findRuleServer(db: Db, ctx: WorkspaceCtx, ref: string, tool: string): Promise<ServerRow> {
  const server = await findServer(db, ctx, ref);
  const storable = !/[\0\p{Cs}]/u.test(tool);
  const [found] = storable
    ? await db
        .select({ name: serverTools.name })
        .from(serverTools)
        .where(and(eq(serverTools.serverId, server.id), eq(serverTools.name, tool)))
    : [];
  if (!found) throw new AppError("not_found", "This server has no such tool.");
  return server;
}

/** What an audit row tells of a rule. */
export const auditedRule = ({ memberId, role, conditions }: Pick<RuleRow, "memberId" | "role" | "conditions">) => ({
  memberId,
  role,
  conditions,
});
