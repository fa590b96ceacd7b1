import { eq, sql } from "drizzle-orm";
import { auditChains } from "@/db/schema/audit-chains";
import { auditEvents } from "@/db/schema/audit-events";
import { CHAIN_START, type ChainEvent, type ChainHead, hashEvent } from "@/lib/audit-chain";
import { newId } from "@/lib/ids";
import type { Ctx, Db, WorkspaceCtx } from "@/lib/services/context";
import { iso } from "@/lib/services/fields";
import type { AuditAction } from "./actions";

/** What was changed. `workspaceId` only where the context is in no workspace yet; null: the whole installation. */
export interface AuditTarget {
  type: string;
  id: string;
  name: string;
  workspaceId?: string | null;
}

/** State before and after, as much as a reader needs. Never a secret, a hash or the text of a header. */
export interface AuditChange {
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/** Chain of what concerns no workspace. */
const INSTANCE = "instance";

/** Name of the chain that the events of a workspace (null: of the installation) are in. */
export const chainOf = (workspaceId: string | null): string => workspaceId ?? INSTANCE;

/**
 * Writes the audit row of a change, as the next link of its chain. `tx` is the transaction of that change, so neither
 * exists without the other. The chain stays locked until it ends: lock the workspace before, never after.
 */
export async function audit(
  tx: Db,
  ctx: Ctx | WorkspaceCtx,
  action: AuditAction,
  target: AuditTarget,
  change: AuditChange = {},
): Promise<void> {
  const now = ctx.now();
  const own = "workspace" in ctx ? ctx.workspace.id : null;
  const event: ChainEvent = asStored({
    id: newId("audit", now.getTime()),
    workspaceId: target.workspaceId === undefined ? own : target.workspaceId,
    actorType: ctx.actor.type,
    actorId: ctx.actor.id,
    actorEmail: ctx.actor.email,
    actorRole: "role" in ctx ? ctx.role : null,
    action,
    targetType: target.type,
    targetId: target.id,
    targetName: target.name,
    before: change.before ?? null,
    after: change.after ?? null,
    requestId: ctx.request.id,
    sourceIp: ctx.request.sourceIp,
    userAgent: ctx.request.userAgent?.slice(0, 512) ?? null,
    createdAt: iso(now),
  });
  const head = await lockChain(tx, chainOf(event.workspaceId));
  const seq = head.seq + 1;
  const hash = await hashEvent(event, seq, head.hash);
  const { type: actorType } = ctx.actor;
  await tx.insert(auditEvents).values({ ...event, actorType, createdAt: now, seq, prevHash: head.hash, hash });
  await tx
    .update(auditChains)
    .set({ seq, hash })
    .where(eq(auditChains.id, chainOf(event.workspaceId)));
}

/** The chain's newest place, begun where there is none; other changes of the chain wait. */
async function lockChain(tx: Db, id: string): Promise<ChainHead> {
  const [head] = await tx
    .insert(auditChains)
    .values({ id, ...CHAIN_START })
    .onConflictDoUpdate({ target: auditChains.id, set: { id: sql`excluded.id` } })
    .returning();
  if (!head) throw new Error("an upsert answers its row");
  return head;
}

/** As the database will give it back, or the hash would not fit: no NUL, no half surrogate pair, dates as text. */
function asStored(event: ChainEvent): ChainEvent {
  return JSON.parse(JSON.stringify(event), (_, value: unknown) =>
    typeof value === "string" ? value.replace(/[\0\p{Cs}]/gu, "\ufffd") : value,
  ) as ChainEvent;
}
