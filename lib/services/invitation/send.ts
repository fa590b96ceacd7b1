import { eq } from "drizzle-orm";
import { invitations } from "@/db/schema/invitations";
import { asAppError } from "@/lib/errors";
import { paths } from "@/lib/paths";
import type { Mail, WorkspaceCtx } from "@/lib/services/context";
import type { InvitationRow } from "./states";
import type { InvitedView } from "./view";

/** An invitation just stored, with the token that nothing else remembers. */
export interface FreshInvitation {
  row: InvitationRow;
  token: string;
}

/** Mails that are on their way at once: servers limit connections. */
const AT_ONCE = 4;

/**
 * Mails each link to the address that it is for, where a mail server is configured, and answers what came of it. A mail
 * that does not go out is no failure: the link is in the answer. Outside of transactions only.
 */
export async function sendInvitations(ctx: WorkspaceCtx, fresh: FreshInvitation[]): Promise<InvitedView[]> {
  const views: InvitedView[] = [];
  for (let at = 0; at < fresh.length; at += AT_ONCE)
    views.push(...(await Promise.all(fresh.slice(at, at + AT_ONCE).map((one) => send(ctx, one)))));
  return views;
}

async function send(ctx: WorkspaceCtx, { row, token }: FreshInvitation): Promise<InvitedView> {
  const { id, email, domain } = row;
  const url = ctx.publicUrl + paths.invitation(token);
  const view = { id, email, domain, url, mailed: false, problem: null };
  if (!ctx.mail || email === null) return view;
  try {
    await ctx.mail(invitationMail(ctx, row, email, url));
  } catch (error) {
    const { message } = asAppError(error);
    ctx.log.warn("invitation.mail_failed", { invitation: id, problem: message });
    return { ...view, problem: "The mail did not go out. Hand the link over yourself, or check the mail settings." };
  }
  await ctx.db.update(invitations).set({ mailedAt: ctx.now() }).where(eq(invitations.id, id));
  return { ...view, mailed: true };
}

/** Who invites where, as what, the link, when it ends. */
export function invitationMail(
  ctx: WorkspaceCtx,
  row: Pick<InvitationRow, "role" | "expiresAt">,
  to: string,
  url: string,
): Mail {
  const { name, email } = ctx.actor;
  const until = `${row.expiresAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const text = [
    `${name}${email ? ` (${email})` : ""} invites you to the workspace "${ctx.workspace.name}" on Aerostack, as ${row.role}.`,
    `To accept, open this link; it works once, for ${to}, until ${until}:`,
    url,
    "If you did not expect this, do nothing.",
  ];
  return { to, subject: `${name} invites you to ${ctx.workspace.name}`, text: `${text.join("\n\n")}\n` };
}
