import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";

/** An API key of the signed-in user as lists show it. */
export const ApiKeyView = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  status: z.enum(["active", "expired", "revoked"]),
  createdAt: IsoTime,
  expiresAt: IsoTime.nullable(),
  revokedAt: IsoTime.nullable(),
  /** Exact to about a minute. */
  lastUsedAt: IsoTime.nullable(),
});
export type ApiKeyView = z.infer<typeof ApiKeyView>;

/** Answer of creation, the only place where the key is ever shown. */
export const NewApiKeyView = ApiKeyView.extend({ key: z.string() });
export type NewApiKeyView = z.infer<typeof NewApiKeyView>;

/** Who is calling. */
export const MeView = z.object({
  type: z.enum(["user", "api_key", "system"]),
  userId: z.string().nullable(),
  email: z.string().nullable(),
  name: z.string(),
  instanceOwner: z.boolean(),
  version: z.string(),
});
