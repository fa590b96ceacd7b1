import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";
import { ProbeView } from "@/lib/services/server/view";

/** All that anybody ever learns of a stored secret. No value, no part of it. */
export const SecretView = z.object({
  name: z.string(),
  /** Counts replacements. */
  version: z.number().int(),
  /** The only origin that it is sent to. */
  origin: z.string(),
  /** False once the server's URL moved to another origin: the secret is then refused and must be set again. */
  usable: z.boolean(),
  /** Names of the headers that use it. */
  headers: z.array(z.string()),
  createdAt: IsoTime,
  updatedAt: IsoTime,
});
export type SecretView = z.infer<typeof SecretView>;

/** Secrets of one server: the stored ones, and names that its headers ask for but nobody set. */
export const SecretList = z.object({ secrets: z.array(SecretView), missing: z.array(z.string()) });
export type SecretList = z.infer<typeof SecretList>;

export const SecretSetView = z.object({
  secret: SecretView,
  missingSecrets: z.array(z.string()),
  /** The server tried again with the new value. */
  probe: ProbeView,
  warnings: z.array(z.string()),
});
export type SecretSetView = z.infer<typeof SecretSetView>;

export const SecretDeletedView = z.object({
  name: z.string(),
  deleted: z.literal(true),
  missingSecrets: z.array(z.string()),
});
export type SecretDeletedView = z.infer<typeof SecretDeletedView>;
