import { z } from "zod";
import { DisplayName, Email } from "@/lib/services/fields";

/** `token` comes from the one-time link; `passwordHash` is a PHC string of argon2id. */
export const CreateOwnerInput = z.strictObject({
  token: z.string("Open the set-up link again").max(200),
  email: Email,
  name: DisplayName,
  passwordHash: z.string().startsWith("$argon2id$", "Not a password hash"),
});
export type CreateOwnerInput = z.input<typeof CreateOwnerInput>;
