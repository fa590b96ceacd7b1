import type { oauthGrants } from "@/db/schema/oauth-grants";
import { credentialStatus } from "@/lib/services/credential-status";
import { iso, isoOrNull } from "@/lib/services/fields";
import type { GrantView } from "./view";

/** Row to view. */
export function toGrantView(row: typeof oauthGrants.$inferSelect, memberName: string, now: Date): GrantView {
  return {
    id: row.id,
    clientName: row.clientName,
    redirectHost: row.redirectHost,
    member: { id: row.memberId, name: memberName },
    status: credentialStatus(row, now),
    createdAt: iso(row.createdAt),
    expiresAt: isoOrNull(row.expiresAt),
    revokedAt: isoOrNull(row.revokedAt),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    lastUsedIp: row.lastUsedIp,
    lastUsedClient: row.lastUsedClient,
  };
}
