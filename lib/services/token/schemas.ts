import { z } from "zod";
import { DisplayName, ExpiresInDays, Ref } from "@/lib/services/fields";

/**
 * `name` is the person (or device). Without `memberId` the token goes to the member of that name, who is added
 * with role member when new. Plain members always get a token of their own, whatever the name.
 */
export const CreateTokenInput = z.strictObject({
  name: DisplayName,
  memberId: Ref.optional(),
  expiresInDays: ExpiresInDays.optional(),
});
export type CreateTokenInput = z.input<typeof CreateTokenInput>;

export const RevokeTokenInput = z.strictObject({ token: Ref });
export type RevokeTokenInput = z.input<typeof RevokeTokenInput>;
