import { and, asc, count, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import { auditChains } from "@/db/schema/audit-chains";
import { auditEvents } from "@/db/schema/audit-events";
import { CHAIN_START, type ChainFault, type ChainHead, chainChecker, checkHead } from "@/lib/audit-chain";
import { type Db, requirePermission, type WorkspaceCtx } from "@/lib/services/context";
import { iso } from "@/lib/services/fields";
import { parse } from "@/lib/services/parse";
import { readChain } from "./read-chain";
import { VerifyAuditInput } from "./schemas";
import type { AuditVerifyView } from "./view";

/**
 * Follows the workspace's chain of events from its start to its end and says where it first does not hold. Whoever can
 * write to the whole database can also forge a whole chain; against that, note the head down elsewhere. A long chain
 * can be followed in steps, so that progress can be shown.
 * @throws AppError `forbidden`, `invalid`
 */
export async function verifyAudit(ctx: WorkspaceCtx, input: VerifyAuditInput = {}): Promise<AuditVerifyView> {
  requirePermission(ctx, "audit.read");
  const { after, limit } = parse(VerifyAuditInput, input);
  const { db } = ctx;
  const id = ctx.workspace.id;
  const head = await readHead(db, id);
  const start = stepFrom(after);
  const checker = chainChecker(start);
  const until = limit === undefined ? head.seq : Math.min(head.seq, start.seq + limit);
  const fault = await follow(db, id, { from: start.seq, until }, checker);
  const at = checker.at();
  const next = fault === null && at.seq === until && until < head.seq ? `${at.seq}:${at.hash}` : null;
  const broken = fault ?? (next ? null : (checkHead(at, head) ?? (await findStrays(db, id))));
  const [old] = await db.select({ events: count() }).from(auditEvents).where(unchained(id));
  return {
    ok: broken === null,
    checked: at.seq,
    next,
    head: head.seq === 0 ? null : { seq: head.seq, headHash: head.hash },
    broken,
    unchained: old?.events ?? 0,
    checkedAt: iso(ctx.now()),
  };
}

/** The end of a workspace's chain as it is noted; its start where nothing is. */
export async function readHead(db: Db, workspaceId: string): Promise<ChainHead> {
  const [head] = await db.select().from(auditChains).where(eq(auditChains.id, workspaceId));
  return head ?? CHAIN_START;
}

async function follow(
  db: Db,
  workspaceId: string,
  { from, until }: { from: number; until: number },
  checker: ReturnType<typeof chainChecker>,
): Promise<ChainFault | null> {
  for await (const links of readChain(db, workspaceId, until, from))
    for (const link of links) {
      const fault = await checker.next(link);
      if (fault) return fault;
    }
  return null;
}

function stepFrom(after: string | undefined): ChainHead {
  const [seq = "", hash = ""] = after?.split(":") ?? [];
  return after === undefined ? CHAIN_START : { seq: Number(seq), hash };
}

const unchained = (workspaceId: string) => and(eq(auditEvents.workspaceId, workspaceId), isNull(auditEvents.seq));

/** Events that stand beside the chain: behind its end, or in none though they are newer than its start. */
async function findStrays(db: Db, workspaceId: string): Promise<ChainFault | null> {
  const end = sql`coalesce((select ${auditChains.seq} from ${auditChains} where ${auditChains.id} = ${workspaceId}), 0)`;
  const start = sql`(select min(e.id) from audit_events e where e.workspace_id = ${workspaceId} and e.seq = 1)`;
  const own = eq(auditEvents.workspaceId, workspaceId);
  const [behind] = await db
    .select({ id: auditEvents.id, seq: auditEvents.seq })
    .from(auditEvents)
    .where(and(own, isNotNull(auditEvents.seq), gt(auditEvents.seq, end)))
    .orderBy(asc(auditEvents.seq))
    .limit(1);
  if (behind) return { seq: behind.seq ?? 0, eventId: behind.id, why: "This event follows the noted end." };
  const [beside] = await db
    .select({ id: auditEvents.id })
    .from(auditEvents)
    .where(and(unchained(workspaceId), gt(auditEvents.id, start)))
    .limit(1);
  return beside
    ? { seq: 0, eventId: beside.id, why: "This event is in no chain, though it is newer than its start." }
    : null;
}
