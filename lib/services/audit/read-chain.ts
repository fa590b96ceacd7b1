import { and, asc, eq, gt, lte } from "drizzle-orm";
import { auditEvents } from "@/db/schema/audit-events";
import type { ChainLink } from "@/lib/audit-chain";
import type { Db } from "@/lib/services/context";
import { toChainLink } from "./to-link";

const PAGE_ROWS = 1_000;

/** The chained events of a workspace in order, behind `first` up to `last`, a thousand at a time. */
export async function* readChain(
  db: Db,
  workspaceId: string,
  last: number,
  first = 0,
): AsyncGenerator<ChainLink[], void, undefined> {
  let after = first;
  for (;;) {
    const rows = await db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.workspaceId, workspaceId), gt(auditEvents.seq, after), lte(auditEvents.seq, last)))
      .orderBy(asc(auditEvents.seq))
      .limit(PAGE_ROWS);
    if (rows.length > 0) yield rows.map(toChainLink);
    if (rows.length < PAGE_ROWS) return;
    after = rows.at(-1)?.seq ?? last;
  }
}
