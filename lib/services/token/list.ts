import { and, desc, eq } from "drizzle-orm";
import { members } from "@/db/schema/members";
import { tokens } from "@/db/schema/tokens";
import { allows } from "@/lib/access/permissions";
import type { WorkspaceCtx } from "@/lib/services/context";
import { findMember } from "@/lib/services/member/manage";
import { parse } from "@/lib/services/parse";
import { ListTokensInput } from "./schemas";
import { toTokenView } from "./to-view";
import type { TokenView } from "./view";

/** Tokens, newest first, revoked ones too; who does not manage tokens sees their own. @throws AppError `not_found` (member) */
export async function listTokens(ctx: WorkspaceCtx, input: ListTokensInput = {}): Promise<TokenView[]> {
  const { member } = parse(ListTokensInput, input);
  if (member !== undefined) await findMember(ctx.db, ctx, member);
  const rows = await ctx.db
    .select({ token: tokens, member: members })
    .from(tokens)
    .innerJoin(members, eq(members.id, tokens.memberId))
    .where(
      and(
        eq(tokens.workspaceId, ctx.workspace.id),
        allows(ctx.role, "token.manage") ? undefined : eq(tokens.memberId, ctx.memberId),
        member === undefined ? undefined : eq(tokens.memberId, member),
      ),
    )
    .orderBy(desc(tokens.id));
  const now = ctx.now();
  return rows.map((row) => toTokenView(row.token, row.member, now));
}
