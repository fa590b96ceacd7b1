import { z } from "zod";
import { SECRET_MODES } from "@/db/schema/servers";
import { Ref } from "@/lib/services/fields";

/** `GITHUB_TOKEN`: capital letter first, then capitals, digits and `_`. */
export const SecretName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,63}$/, "Use capital letters, digits and _, starting with a letter, at most 64 characters");

/** Length is checked for real, with all other rules, where headers are understood (`lib/mcp/header-template`). */
export const SecretValue = z.string("A value is needed").max(65_536, "At most 8192 characters");

/** A name that may be unknown: what fits no row is answered `not_found`. */
const AnyName = z.string().max(200);
/** Keeps a new value although the test with it failed. */
const Force = z.boolean("true or false").default(false);

/** `testTool`: a tool without required arguments that is called with the new value before the old one goes. */
export const SetSecretInput = z.strictObject({
  server: Ref,
  name: SecretName,
  value: SecretValue,
  testTool: z.string().min(1).max(200).optional(),
  force: Force,
});
export type SetSecretInput = z.input<typeof SetSecretInput>;

export const ListSecretsInput = z.strictObject({ server: Ref });
export type ListSecretsInput = z.input<typeof ListSecretsInput>;

export const DeleteSecretInput = z.strictObject({ server: Ref, name: AnyName });
export type DeleteSecretInput = z.input<typeof DeleteSecretInput>;

/** `shared`: the workspace's value. `member`: each member's own. `member_or_shared`: the own one where there is one. */
export const SetSecretModeInput = z.strictObject({
  server: Ref,
  name: AnyName,
  mode: z.enum(SECRET_MODES, "shared, member or member_or_shared"),
});
export type SetSecretModeInput = z.input<typeof SetSecretModeInput>;

export const SetOwnSecretInput = z.strictObject({ server: Ref, name: SecretName, value: SecretValue, force: Force });
export type SetOwnSecretInput = z.input<typeof SetOwnSecretInput>;

export const DeleteOwnSecretInput = z.strictObject({ server: Ref, name: AnyName });
export type DeleteOwnSecretInput = z.input<typeof DeleteOwnSecretInput>;
