import { and, eq, sql } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import type { Db, WorkspaceCtx } from "@/lib/services/context";

type Member = typeof members.$inferSelect;

/** Member by id within the workspace. @throws AppError `not_found` for unknown and foreign ids alike */
export async function findMember(tx: Db, ctx: WorkspaceCtx, id: string): Promise<Member> {
  const [row] = await tx
    .select()
    .from(members)
    .where(and(eq(members.workspaceId, ctx.workspace.id), eq(members.id, id)));
  if (!row) throw new AppError("not_found", "There is no such member in this workspace.");
  return row;
}

/**
 * The member of that name, added with role member when new. The workspace must be locked, or two requests add two.
 * @throws AppError `conflict` where several carry the name: attribution must not guess
 */
export async function findOrAddMember(tx: Db, ctx: WorkspaceCtx, name: string): Promise<Member> {
  const rows = await tx
    .select()
    .from(members)
    .where(and(eq(members.workspaceId, ctx.workspace.id), sql`lower(${members.name}) = lower(${name})`))
    .limit(2);
  if (rows.length > 1)
    throw new AppError("conflict", "Several members have this name. Choose one by memberId.", { field: "memberId" });
  if (rows[0]) return rows[0];
  const now = ctx.now();
  const [added] = await tx
    .insert(members)
    .values({ id: newId("member", now.getTime()), workspaceId: ctx.workspace.id, name, role: "member", createdAt: now })
    .returning();
  if (!added) throw new AppError("internal", "The member was not stored. Try again.");
  await audit(tx, ctx, "member.add", { type: "member", id: added.id, name }, { after: { name, role: "member" } });
  return added;
}
