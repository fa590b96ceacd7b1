import type { auditEvents } from "@/db/schema/audit-events";
import type { ChainLink } from "@/lib/audit-chain";
import { iso } from "@/lib/services/fields";

/** Row of a chain to what is hashed and exported. */
export function toChainLink({ createdAt, seq, prevHash, hash, ...row }: typeof auditEvents.$inferSelect): ChainLink {
  return { ...row, createdAt: iso(createdAt), seq: seq ?? 0, prevHash: prevHash ?? "", hash: hash ?? "" };
}
