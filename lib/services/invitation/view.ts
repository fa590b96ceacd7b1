import { z } from "zod";
import { IsoTime } from "@/lib/services/fields";
import { RoleName } from "@/lib/services/member/view";
import { NewTokenView } from "@/lib/services/token/view";
import { InvitationState } from "./schemas";

/** An invitation as lists show it: never its link, of which only the hash is kept. */
export const InvitationView = z.object({
  id: z.string(),
  /** Exactly one of `email` and `domain` is set: who may accept. */
  email: z.string().nullable(),
  domain: z.string().nullable(),
  role: RoleName,
  state: InvitationState,
  /** Name of whoever invited. */
  invitedBy: z.string(),
  createdAt: IsoTime,
  expiresAt: IsoTime,
  /** When the mail was handed to the mail server; null: the link is handed over by hand. */
  mailedAt: IsoTime.nullable(),
  acceptedAt: IsoTime.nullable(),
  revokedAt: IsoTime.nullable(),
});
export type InvitationView = z.infer<typeof InvitationView>;

/** What came of inviting one address (or a domain). `url` is shown in this answer only. */
export const InvitedView = z.object({
  /** Null where nobody was invited; `problem` says why. */
  id: z.string().nullable(),
  email: z.string().nullable(),
  domain: z.string().nullable(),
  url: z.string().nullable(),
  mailed: z.boolean(),
  /** Why there is no invitation, or why its mail did not go out. */
  problem: z.string().nullable(),
});
export type InvitedView = z.infer<typeof InvitedView>;

/** What the holder of a link sees before signing in. `state` other than pending: it cannot be accepted any more. */
export const OpenInvitationView = z.object({
  workspaceName: z.string(),
  invitedBy: z.string(),
  role: RoleName,
  email: z.string().nullable(),
  domain: z.string().nullable(),
  expiresAt: IsoTime,
  state: InvitationState,
});
export type OpenInvitationView = z.infer<typeof OpenInvitationView>;

/** The way in. `token` is the new member's first one, shown in this answer only; null for auditors, who call no tools. */
export const AcceptedView = z.object({
  slug: z.string(),
  workspaceName: z.string(),
  memberId: z.string(),
  role: RoleName,
  token: NewTokenView.nullable(),
});
export type AcceptedView = z.infer<typeof AcceptedView>;
