import { and, asc, eq, sql } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { allows } from "@/lib/access/permissions";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findServer } from "./find";
import { readTools } from "./read";
import { GetServerInput } from "./schemas";
import type { ServerRemovalView } from "./view";

/** What would go with a server, said before it goes. @throws AppError `forbidden`, `not_found` */
export async function serverRemoval(ctx: WorkspaceCtx, input: GetServerInput): Promise<ServerRemovalView> {
  requirePermission(ctx, "server.manage");
  const { server: ref } = parse(GetServerInput, input);
  const server = await findServer(ctx.db, ctx, ref);
  const [tools, people, counts] = await Promise.all([
    readTools(ctx.db, ctx, server),
    ctx.db
      .select({ name: members.name, role: members.role, scope: members.toolScope })
      .from(members)
      .where(eq(members.workspaceId, ctx.workspace.id))
      .orderBy(asc(members.name)),
    ctx.db
      .select({
        secrets: sql<number>`(select count(*)::int from secrets s where s.server_id = ${server.id})`,
        rules: sql<number>`(select count(*)::int from argument_rules r where r.server_id = ${server.id})`,
      })
      .from(members)
      .where(and(eq(members.workspaceId, ctx.workspace.id), eq(members.id, ctx.memberId))),
  ]);
  const affected = people.filter(
    ({ role, scope }) => allows(role, "gateway.use") && (!scope?.servers || Object.hasOwn(scope.servers, server.id)),
  );
  return {
    tools: tools.map(({ name }) => name),
    members: affected.map(({ name }) => name),
    secrets: counts[0]?.secrets ?? 0,
    rules: counts[0]?.rules ?? 0,
  };
}
