import type { apiKeys } from "@/db/schema/api-keys";
import { credentialStatus } from "@/lib/services/credential-status";
import { iso, isoOrNull } from "@/lib/services/fields";
import type { ApiKeyView } from "./view";

/** Row to view; the hash stays behind. */
export function toApiKeyView(row: typeof apiKeys.$inferSelect, now: Date): ApiKeyView {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    status: credentialStatus(row, now),
    createdAt: iso(row.createdAt),
    expiresAt: isoOrNull(row.expiresAt),
    revokedAt: isoOrNull(row.revokedAt),
    lastUsedAt: isoOrNull(row.lastUsedAt),
  };
}
