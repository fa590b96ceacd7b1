import type { tokens } from "@/db/schema/tokens";
import { credentialStatus } from "@/lib/services/credential-status";
import { iso, isoOrNull } from "@/lib/services/fields";
import type { TokenView } from "./view";

/** Row to view; the hash stays behind. */
export function toTokenView(
  row: typeof tokens.$inferSelect,
  { id, name, kind }: TokenView["member"],
  now: Date,
): TokenView {
  return {
    id: row.id,
    name: row.name,
    member: { id, name, kind },
    prefix: row.prefix,
    status: credentialStatus(row, now),
    createdAt: iso(row.createdAt),
    expiresAt: isoOrNull(row.expiresAt),
    revokedAt: isoOrNull(row.revokedAt),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    lastUsedIp: row.lastUsedIp,
    lastUsedClient: row.lastUsedClient,
  };
}
