import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";

/** What a member allowed an MCP client by OAuth, as lists show it beside tokens. */
export const GrantView = z.object({
  id: z.string(),
  /** As the client calls itself; nobody has verified it. */
  clientName: z.string(),
  /** Where the person was sent back to when they agreed: a host, or the scheme of an installed program. */
  redirectHost: z.string(),
  member: z.object({ id: z.string(), name: z.string() }),
  status: z.enum(["active", "expired", "revoked"]),
  createdAt: IsoTime,
  /** When it ends unless the client comes back before. */
  expiresAt: IsoTime.nullable(),
  revokedAt: IsoTime.nullable(),
  /** Exact to about a minute. */
  lastUsedAt: IsoTime.nullable(),
  lastUsedIp: z.string().nullable(),
  /** Name and version of the client that used it last, as it says itself. */
  lastUsedClient: z.string().nullable(),
});
export type GrantView = z.infer<typeof GrantView>;
