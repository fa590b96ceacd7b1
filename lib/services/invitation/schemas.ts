import { z } from "zod";
import { Email, Ref } from "@/lib/services/fields";
import { RoleName } from "@/lib/services/member/view";

/** Mail domain, lower-case ASCII with at least one dot, e.g. `acme.example`. */
export const MailDomain = z
  .string("A domain is needed")
  .max(1_000, "At most 253 characters")
  .transform((domain) => domain.normalize("NFKC").trim().toLowerCase().replace(/^@/, ""))
  .pipe(
    z
      .string()
      .max(253, "At most 253 characters")
      .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/, "This is no domain"),
  );

const Expiry = z.literal([1, 7, 30], "1, 7 or 30 days").default(7);

/**
 * Who is invited: addresses, each with a link of its own, or one link for whoever has an address of `domain`.
 * `memberId`: the member known by name alone who becomes this one person.
 */
export const CreateInvitationsInput = z
  .strictObject({
    emails: z.array(Email).min(1, "At least one address").max(100, "At most 100 addresses at once").optional(),
    domain: MailDomain.optional(),
    role: RoleName,
    expiresInDays: Expiry,
    memberId: Ref.optional(),
  })
  .refine(({ emails, domain }) => (emails === undefined) !== (domain === undefined), {
    message: "Give either addresses or one domain",
    path: ["emails"],
  })
  .refine(({ memberId, emails }) => memberId === undefined || new Set(emails).size === 1, {
    message: "A member becomes one person: give one address",
    path: ["memberId"],
  });
export type CreateInvitationsInput = z.input<typeof CreateInvitationsInput>;

export const InvitationState = z.enum(["pending", "accepted", "expired", "revoked"], "Unknown state");

export const ListInvitationsInput = z.strictObject({ state: InvitationState.optional() });
export type ListInvitationsInput = z.input<typeof ListInvitationsInput>;

/** The old link stops working. */
export const ResendInvitationInput = z.strictObject({ invitation: Ref, expiresInDays: Expiry });
export type ResendInvitationInput = z.input<typeof ResendInvitationInput>;

export const RevokeInvitationInput = z.strictObject({ invitation: Ref });
export type RevokeInvitationInput = z.input<typeof RevokeInvitationInput>;

/** `token`: `mwi_…`, the last part of the link. */
export const InvitationTokenInput = z.strictObject({ token: z.string("The link's token is needed").max(200) });
export type InvitationTokenInput = z.input<typeof InvitationTokenInput>;
