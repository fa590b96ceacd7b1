import { z } from "zod";
import { Confirm, DisplayName, Ref } from "@/lib/services/fields";
import { SecretName, SecretValue } from "@/lib/services/secret/schemas";
import { ServerSlug } from "@/lib/slug";

/** One header to send upstream; `{{NAME}}` and `{{b64:A:B}}` in the template are filled from secrets. */
export const HeaderInput = z.strictObject({
  name: z.string().max(256),
  template: z.string().max(4_096, "At most 4096 characters"),
});
export type HeaderInput = z.input<typeof HeaderInput>;

const Url = z.string("A URL is needed").min(1, "A URL is needed").max(2_048, "At most 2048 characters");
const Headers = z.array(HeaderInput).max(16, "At most 16 headers");
/** Values given along with the form, sealed on saving and used for the probe; never echoed. */
const Secrets = z.record(SecretName, SecretValue);

/** Try a URL without saving anything; `slug` only shows how the tools would be called. */
export const ProbeServerInput = z.strictObject({
  slug: ServerSlug.optional(),
  url: Url,
  headers: Headers.default([]),
  secrets: Secrets.default({}),
});
export type ProbeServerInput = z.input<typeof ProbeServerInput>;

/** `force` saves a server that does not answer. */
export const AddServerInput = z.strictObject({
  slug: ServerSlug,
  name: DisplayName.optional(),
  url: Url,
  headers: Headers.default([]),
  secrets: Secrets.default({}),
  force: z.boolean().default(false),
});
export type AddServerInput = z.input<typeof AddServerInput>;

export const GetServerInput = z.strictObject({ server: Ref });
export type GetServerInput = z.input<typeof GetServerInput>;

/** Absent fields stay as they are. */
export const UpdateServerInput = z.strictObject({
  server: Ref,
  name: DisplayName.optional(),
  url: Url.optional(),
  headers: Headers.optional(),
  force: z.boolean().default(false),
});
export type UpdateServerInput = z.input<typeof UpdateServerInput>;

/** `confirm` must repeat the server's slug. */
export const RemoveServerInput = z.strictObject({ server: Ref, confirm: Confirm });
export type RemoveServerInput = z.input<typeof RemoveServerInput>;

export const SetServerEnabledInput = z.strictObject({ server: Ref, enabled: z.boolean("true or false") });
export type SetServerEnabledInput = z.input<typeof SetServerEnabledInput>;

export const RefreshToolsInput = z.strictObject({ server: Ref });
export type RefreshToolsInput = z.input<typeof RefreshToolsInput>;
