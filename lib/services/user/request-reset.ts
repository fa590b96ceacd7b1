import { and, count, eq, gt, isNull } from "drizzle-orm";
import { passwordResets } from "@/db/schema/password-resets";
import { users } from "@/db/schema/users";
import type { Ctx } from "@/lib/services/context";
import { Email } from "@/lib/services/fields";
import { mintResetLink } from "./reset-link";
import { RequestResetInput } from "./schemas";

/** So many unused links of one person may be under way, so that nobody floods a mailbox. */
const MOST_LIVE = 3;

/**
 * Mails a link to choose a new password, where the address has an account. Answers nothing in every case; the caller
 * must not wait for it either, or the time of its answer would tell who has an account.
 * @throws AppError `upstream_failed` from the mail server, for the log
 */
export async function requestPasswordReset(ctx: Ctx, input: RequestResetInput): Promise<void> {
  const parsed = RequestResetInput.safeParse(input);
  const email = Email.safeParse(parsed.data?.email);
  const { mail } = ctx;
  if (!mail || !email.success) return;
  const [user] = await ctx.db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(eq(users.email, email.data), isNull(users.disabledAt)));
  if (!user) return;
  const [live] = await ctx.db
    .select({ count: count() })
    .from(passwordResets)
    .where(
      and(eq(passwordResets.userId, user.id), isNull(passwordResets.usedAt), gt(passwordResets.expiresAt, ctx.now())),
    );
  if ((live?.count ?? 0) >= MOST_LIVE) return;
  const { url } = await mintResetLink(ctx.db, ctx, user.id);
  await mail({
    to: email.data,
    subject: "Choose a new password for Aerostack",
    text: `Hello ${user.name},

somebody, probably you, asked for a new password for the Aerostack installation at ${ctx.publicUrl}.

Choose one here. The link works once, within one hour:

${url}

If it was not you, you need not do anything: your password stays as it is.
`,
  });
}
