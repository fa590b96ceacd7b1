import { z } from "zod";
import { Ref } from "@/lib/services/fields";

/** `GITHUB_TOKEN`: capital letter first, then capitals, digits and `_`. */
export const SecretName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,63}$/, "Use capital letters, digits and _, starting with a letter, at most 64 characters");

/** Length is checked for real, with all other rules, where headers are understood (`lib/mcp/header-template`). */
export const SecretValue = z.string("A value is needed").max(65_536, "At most 8192 characters");

export const SetSecretInput = z.strictObject({ server: Ref, name: SecretName, value: SecretValue });
export type SetSecretInput = z.input<typeof SetSecretInput>;

export const ListSecretsInput = z.strictObject({ server: Ref });
export type ListSecretsInput = z.input<typeof ListSecretsInput>;

export const DeleteSecretInput = z.strictObject({ server: Ref, name: z.string().max(200) });
export type DeleteSecretInput = z.input<typeof DeleteSecretInput>;
