import { index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns";
import { members, ROLES } from "./members";
import { workspaces } from "./workspaces";

/** An invitation into a workspace by a link `mwi_…` that works once; only its SHA-256 is kept. Bound to one address or to one mail domain. */
export const invitations = pgTable(
  "invitations",
  {
    id: id(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** NFKC-normalised, lower-case; exactly one of `email` and `domain` is set. */
    email: text("email"),
    domain: text("domain"),
    role: text("role", { enum: ROLES }).notNull(),
    /** A member known by name alone who becomes this person on accepting. */
    memberId: text("member_id").references(() => members.id, { onDelete: "set null" }),
    /** SHA-256 of the token in the link, base64url; replaced by each resend. */
    hash: text("hash").notNull().unique(),
    invitedBy: text("invited_by").notNull(),
    createdAt: createdAt(),
    expiresAt: instant("expires_at").notNull(),
    /** When the mail went out; null: not mailed, the link is handed over by hand. */
    mailedAt: instant("mailed_at"),
    acceptedAt: instant("accepted_at"),
    acceptedMemberId: text("accepted_member_id"),
    revokedAt: instant("revoked_at"),
  },
  (table) => [index().on(table.workspaceId, table.id)],
);
