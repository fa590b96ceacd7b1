import { and, eq, sql } from "drizzle-orm";
import { type MemberKind, members } from "@/db/schema/members";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { audit } from "@/lib/services/audit/record";
import type { Db, WorkspaceCtx } from "@/lib/services/context";
import type { MemberRow } from "./manage";

/**
 * The member of that name, added with role member when new. The workspace must be locked, or two requests add two.
 * @throws AppError `conflict` where several carry the name (attribution must not guess), or the one who does is of the other kind
 */
export async function findOrAddMember(tx: Db, ctx: WorkspaceCtx, name: string, kind: MemberKind): Promise<MemberRow> {
  const rows = await findByName(tx, ctx, name);
  if (rows.length > 1)
    throw new AppError("conflict", "Several members have this name. Choose one by memberId.", { field: "memberId" });
  const [found] = rows;
  if (found && kind === "service" && found.kind !== kind)
    throw new AppError("conflict", "A person has this name. Give the machine another.", { field: "name" });
  return found ?? addNamed(tx, ctx, name, kind);
}

/** Members of that name, in any case; two at most. */
export async function findByName(tx: Db, ctx: WorkspaceCtx, name: string): Promise<MemberRow[]> {
  return tx
    .select()
    .from(members)
    .where(and(eq(members.workspaceId, ctx.workspace.id), sql`lower(${members.name}) = lower(${name})`))
    .limit(2);
}

/** Adds a member known by name alone, with role member. */
export async function addNamed(tx: Db, ctx: WorkspaceCtx, name: string, kind: MemberKind): Promise<MemberRow> {
  const now = ctx.now();
  const id = newId("member", now.getTime());
  const fields = { name, kind, role: "member" } as const;
  const [added] = await tx
    .insert(members)
    .values({ id, workspaceId: ctx.workspace.id, ...fields, createdAt: now })
    .returning();
  if (!added) throw new AppError("internal", "The member was not stored. Try again.");
  await audit(tx, ctx, "member.add", { type: "member", id, name }, { after: fields });
  return added;
}
