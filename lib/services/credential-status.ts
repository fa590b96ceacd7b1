/** Whether a token or key works at `now`. */
export function credentialStatus(
  row: { revokedAt: Date | null; expiresAt: Date | null },
  now: Date,
): "active" | "expired" | "revoked" {
  if (row.revokedAt) return "revoked";
  return row.expiresAt && row.expiresAt <= now ? "expired" : "active";
}

/** End of a credential made now; null: none. */
export function expiryAfter(now: Date, days: number | undefined): Date | null {
  return days === undefined ? null : new Date(now.getTime() + days * 86_400_000);
}
