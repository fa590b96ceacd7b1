import { and, eq } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { serverTools } from "@/db/schema/server-tools";
import type { ToolScope } from "@/lib/access/tool-scope";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/services/audit/record";
import { type Db, requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { findServer } from "@/lib/services/server/find";
import { viewMember } from "./list";
import { beginMemberChange, findMember, permissionOver } from "./manage";
import { SetMemberScopeInput } from "./schemas";
import type { MemberView } from "./view";

/**
 * Says which tools a member may list and call, through whatever token or client; null: all. The scope of admins and
 * owners is set by owners.
 * @throws AppError `forbidden`, `not_found` (member or server), `invalid` (a tool that the server does not have)
 */
export async function setMemberScope(ctx: WorkspaceCtx, input: SetMemberScopeInput): Promise<MemberView> {
  const { member: id, scope: wanted } = parse(SetMemberScopeInput, input);
  return ctx.db.transaction(async (tx) => {
    const actor = await beginMemberChange(tx, ctx);
    requirePermission(actor, "rule.manage");
    const target = await findMember(tx, ctx, id);
    requirePermission(actor, permissionOver(target.role));
    const scope = wanted && {
      ...wanted,
      servers: wanted.servers && (await byId(tx, ctx, wanted.servers, target.toolScope)),
    };
    await tx
      .update(members)
      .set({ toolScope: scope })
      .where(and(eq(members.workspaceId, ctx.workspace.id), eq(members.id, id)));
    const change = { before: { scope: target.toolScope }, after: { scope } };
    await audit(tx, ctx, "member.scope_change", { type: "member", id, name: target.name }, change);
    return viewMember(tx, ctx, id);
  });
}

/** Servers under their ids, with tools that exist; one that vanished stays where it was chosen before. */
async function byId(
  tx: Db,
  ctx: WorkspaceCtx,
  servers: Record<string, string[] | null>,
  before: ToolScope | null,
): Promise<Record<string, string[] | null>> {
  const found = new Map<string, string[] | null>();
  for (const [ref, tools] of Object.entries(servers)) {
    const server = await findServer(tx, ctx, ref);
    const known = new Set(before?.servers?.[server.id] ?? []);
    if (tools && tools.length > 0) for (const { name } of await toolNames(tx, ctx, server.id)) known.add(name);
    const unknown = tools?.find((name) => !known.has(name));
    if (unknown !== undefined)
      throw new AppError("invalid", `${server.slug} has no such tool. Choose from its list.`, {
        field: "scope.servers",
      });
    found.set(server.id, tools && [...new Set(tools)].toSorted());
  }
  return Object.fromEntries(found);
}

const toolNames = (tx: Db, ctx: WorkspaceCtx, serverId: string) =>
  tx
    .select({ name: serverTools.name })
    .from(serverTools)
    .where(and(eq(serverTools.workspaceId, ctx.workspace.id), eq(serverTools.serverId, serverId)));
