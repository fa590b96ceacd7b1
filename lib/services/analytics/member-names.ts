import { and, eq, inArray } from "drizzle-orm";
import { members } from "@/db/schema/members";
import type { WorkspaceCtx } from "@/lib/services/context";

/** Members' names now, by id; of who is gone, the name in their calls. */
export async function namesOfMembers(
  ctx: WorkspaceCtx,
  cells: readonly { key: string; actor: string | null }[],
): Promise<Map<string, string>> {
  const names = new Map(cells.flatMap(({ key, actor }) => (actor ? [[key, actor] as const] : [])));
  for (const [id, name] of await presentMembers(ctx, [...names.keys()])) names.set(id, name);
  return names;
}

/** Of these ids, the members that are there, with their names. */
export async function presentMembers(ctx: WorkspaceCtx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .select({ id: members.id, name: members.name })
    .from(members)
    .where(and(eq(members.workspaceId, ctx.workspace.id), inArray(members.id, ids)));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
