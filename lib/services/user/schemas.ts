import { z } from "zod";
import { DisplayName, Email, Ref } from "@/lib/services/fields";

/** Both passwords as typed; they are hashed by the port that the verb is given. */
export const ChangePasswordInput = z.strictObject({
  current: z.string("Your current password is needed").max(1_024, "At most 1,024 characters"),
  password: z.string("A new password is needed").max(1_024, "At most 1,024 characters"),
});
export type ChangePasswordInput = z.input<typeof ChangePasswordInput>;

/** Loose on purpose: whatever is typed gets the same answer. */
export const RequestResetInput = z.strictObject({ email: z.string().max(1_000) });
export type RequestResetInput = z.input<typeof RequestResetInput>;

export const CreateResetLinkInput = z.strictObject({ member: Ref });
export type CreateResetLinkInput = z.input<typeof CreateResetLinkInput>;

/** `token` is what the link ends with. */
export const ResetPasswordInput = z.strictObject({
  token: z.string().max(200),
  password: z.string("A new password is needed").max(1_024, "At most 1,024 characters"),
});
export type ResetPasswordInput = z.input<typeof ResetPasswordInput>;

/** `email` is needed where the invitation is bound to a domain only. */
export const CreateAccountInput = z.strictObject({
  token: z.string().max(200),
  name: DisplayName,
  email: Email.optional(),
  passwordHash: z.string().max(500),
});
export type CreateAccountInput = z.input<typeof CreateAccountInput>;

export const UpdateProfileInput = z.strictObject({ name: DisplayName });
export type UpdateProfileInput = z.input<typeof UpdateProfileInput>;
