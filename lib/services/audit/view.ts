import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";

/** One change made in the control plane. */
export const AuditView = z.object({
  id: z.string(),
  time: IsoTime,
  actorType: z.enum(["user", "api_key", "system"]),
  actorId: z.string().nullable(),
  actorEmail: z.string().nullable(),
  /** Role in the workspace at that time; null where there was none, and in events from before it was recorded. */
  actorRole: z.string().nullable(),
  action: z.string(),
  targetType: z.string(),
  targetId: z.string(),
  targetName: z.string(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  sourceIp: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string().nullable(),
  /** Place in the workspace's chain, from 1; null for events older than the chain. */
  seq: z.number().int().nullable(),
});
export type AuditView = z.infer<typeof AuditView>;

export const AuditPage = z.object({ events: z.array(AuditView), nextCursor: z.string().nullable() });
export type AuditPage = z.infer<typeof AuditPage>;

/** What to narrow the list by: kinds of change and who made them, with how often among the newest events. */
export const AuditFacets = z.object({
  actions: z.array(z.object({ action: z.string(), events: z.number().int() })),
  actors: z.array(
    z.object({ actor: z.string(), name: z.string(), type: AuditView.shape.actorType, events: z.number().int() }),
  ),
});
export type AuditFacets = z.infer<typeof AuditFacets>;

/** Newest link of a chain; whoever notes it down elsewhere can later prove that nothing before it was changed. */
export const AuditHead = z.object({ seq: z.number().int(), headHash: z.string() });
export type AuditHead = z.infer<typeof AuditHead>;

/** Whether the chain of events holds: nothing edited, taken out, put in, moved or cut off at the end. */
export const AuditVerifyView = z.object({
  ok: z.boolean(),
  /** Events in the chain that were checked, up to the first fault; from its start, also where it was done in steps. */
  checked: z.number().int(),
  /** Where the next step goes on (as `after`); null: all of the chain was checked, or a fault found. */
  next: z.string().nullable(),
  /** Null where there is no event yet. */
  head: AuditHead.nullable(),
  /** The first place where the chain does not hold; `why` in words. */
  broken: z.object({ seq: z.number().int(), eventId: z.string().nullable(), why: z.string() }).nullable(),
  /** Events from before there was a chain; nothing is said about them. */
  unchained: z.number().int(),
  checkedAt: IsoTime,
});
export type AuditVerifyView = z.infer<typeof AuditVerifyView>;
