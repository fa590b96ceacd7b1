import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";

/** What the sign-in cookie carries; `sessionVersion` is compared with the user's row on each request. */
export interface SignedInUser {
  userId: string;
  email: string;
  name: string;
  instanceOwner: boolean;
  sessionVersion: number;
}

/** One dashboard sign-in that still holds. */
export const SessionView = z.object({
  id: z.string(),
  /** `password` or the name of a provider. */
  method: z.string(),
  /** Browser and system in words, as the browser gave itself out. */
  device: z.string(),
  sourceIp: z.string().nullable(),
  createdAt: IsoTime,
  /** Exact to about a minute. */
  lastSeenAt: IsoTime,
  /** The one that this request came by. */
  current: z.boolean(),
});
export type SessionView = z.infer<typeof SessionView>;

/** How many sign-ins ended. */
export const EndedSessionsView = z.object({ ended: z.int() });
export type EndedSessionsView = z.infer<typeof EndedSessionsView>;
