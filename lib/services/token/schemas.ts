import { z } from "zod";
import { DisplayName, ExpiresInDays, Instant, Ref } from "@/lib/services/fields";
import { MemberKindName } from "@/lib/services/member/view";

/**
 * `name` is the person (or device, or machine). Without `memberId` the token goes to the member of that name, who is
 * added with role member when new; `kind: "service"` makes that one a machine. Plain members always get a token of
 * their own, whatever the name.
 */
export const CreateTokenInput = z.strictObject({
  name: DisplayName,
  memberId: Ref.optional(),
  kind: MemberKindName.default("person"),
  expiresInDays: ExpiresInDays.optional(),
});
export type CreateTokenInput = z.input<typeof CreateTokenInput>;

/** `member`: only the tokens of that member. */
export const ListTokensInput = z.strictObject({ member: Ref.optional() });
export type ListTokensInput = z.input<typeof ListTokensInput>;

export const RevokeTokenInput = z.strictObject({ token: Ref });
export type RevokeTokenInput = z.input<typeof RevokeTokenInput>;

/** All tokens of one member. */
export const RevokeAllTokensInput = z.strictObject({ member: Ref });
export type RevokeAllTokensInput = z.input<typeof RevokeAllTokensInput>;

/** How far a client has come since an instant; `token`: by that token alone. */
export const ConnectionProgressInput = z.strictObject({ token: Ref.optional(), since: Instant });
export type ConnectionProgressInput = z.input<typeof ConnectionProgressInput>;

/** Name of tokens that the dashboard makes for running a tool in the browser. */
export const RUN_TOKEN_NAME = "Run it here";
