import { desc, eq } from "drizzle-orm";
import { invitations } from "@/db/schema/invitations";
import { requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { parse } from "@/lib/services/parse";
import { ListInvitationsInput } from "./schemas";
import { toInvitationView } from "./states";
import type { InvitationView } from "./view";

/** Invitations, newest first, closed ones too unless filtered. @throws AppError `forbidden` */
export async function listInvitations(ctx: WorkspaceCtx, input: ListInvitationsInput = {}): Promise<InvitationView[]> {
  requirePermission(ctx, "member.read");
  const { state } = parse(ListInvitationsInput, input);
  const rows = await ctx.db
    .select()
    .from(invitations)
    .where(eq(invitations.workspaceId, ctx.workspace.id))
    .orderBy(desc(invitations.id));
  const now = ctx.now();
  const views = rows.map((row) => toInvitationView(row, now));
  return state === undefined ? views : views.filter((view) => view.state === state);
}
