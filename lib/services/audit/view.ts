import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";

/** One change made in the control plane. */
export const AuditView = z.object({
  id: z.string(),
  time: IsoTime,
  actorType: z.enum(["user", "api_key", "system"]),
  actorId: z.string().nullable(),
  actorEmail: z.string().nullable(),
  action: z.string(),
  targetType: z.string(),
  targetId: z.string(),
  targetName: z.string(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  sourceIp: z.string().nullable(),
  requestId: z.string().nullable(),
});
export type AuditView = z.infer<typeof AuditView>;

export const AuditPage = z.object({ events: z.array(AuditView), nextCursor: z.string().nullable() });
export type AuditPage = z.infer<typeof AuditPage>;
