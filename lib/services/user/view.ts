import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";

/** A link with which somebody chooses a new password; shown once. */
export const ResetLinkView = z.object({
  user: z.object({ name: z.string(), email: z.string() }),
  url: z.string(),
  expiresAt: IsoTime,
});
export type ResetLinkView = z.infer<typeof ResetLinkView>;

/** What a reset link is good for, for its page. Used, replaced, expired and made-up ones are told apart by nothing. */
export type ResetState = { valid: true; email: string } | { valid: false };

/** Whether there is a password, and which providers know the person. */
export interface SignInWaysView {
  password: boolean;
  providers: string[];
}

/** What a person says of themselves. */
export const ProfileView = z.object({ name: z.string(), email: z.string() });
export type ProfileView = z.infer<typeof ProfileView>;
