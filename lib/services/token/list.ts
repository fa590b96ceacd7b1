import { and, desc, eq } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { tokens } from "@/db/schema/tokens";
import type { WorkspaceCtx } from "@/lib/services/context";
import { toTokenView } from "./to-view";
import type { TokenView } from "./view";

/** Tokens, newest first, revoked ones too; a plain member sees only their own. */
export async function listTokens(ctx: WorkspaceCtx): Promise<TokenView[]> {
  const own = ctx.role === "member" ? eq(tokens.memberId, ctx.memberId) : undefined;
  const rows = await ctx.db
    .select({ token: tokens, member: members.name })
    .from(tokens)
    .innerJoin(members, eq(members.id, tokens.memberId))
    .where(and(eq(tokens.workspaceId, ctx.workspace.id), own))
    .orderBy(desc(tokens.id));
  const now = ctx.now();
  return rows.map((row) => toTokenView(row.token, row.member, now));
}
