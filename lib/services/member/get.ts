import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { viewMember } from "./list";
import { findMember } from "./manage";
import { GetMemberInput } from "./schemas";
import type { MemberView } from "./view";

/** One member; plain members may read themselves. @throws AppError `forbidden`, `not_found` */
export async function getMember(ctx: WorkspaceCtx, input: GetMemberInput): Promise<MemberView> {
  const { member: id } = parse(GetMemberInput, input);
  if (id !== ctx.memberId) requirePermission(ctx, "member.read");
  await findMember(ctx.db, ctx, id);
  return viewMember(ctx.db, ctx, id);
}
