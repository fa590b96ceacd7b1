import { z } from "zod";
import { Confirm, DisplayName } from "@/lib/services/fields";
import { MailDomain } from "@/lib/services/invitation/schemas";
import { WorkspaceSlug } from "@/lib/slug";

/** Without a slug, one is made from the name. */
export const CreateWorkspaceInput = z.strictObject({ name: DisplayName, slug: WorkspaceSlug.optional() });
export type CreateWorkspaceInput = z.input<typeof CreateWorkspaceInput>;

export const RenameWorkspaceInput = z.strictObject({ name: DisplayName });
export type RenameWorkspaceInput = z.input<typeof RenameWorkspaceInput>;

/** `confirm` must repeat the workspace's slug. */
export const DeleteWorkspaceInput = z.strictObject({ confirm: Confirm });
export type DeleteWorkspaceInput = z.input<typeof DeleteWorkspaceInput>;

/** Days for which the arguments of calls are kept, sealed, to test rules on; 0: not at all, and what is kept is deleted. */
export const UpdateWorkspaceSettingsInput = z.strictObject({
  keepArgumentsDays: z
    .number("A number of days")
    .int("A whole number of days")
    .min(0, "At least 0")
    .max(30, "At most 30 days"),
});
export type UpdateWorkspaceSettingsInput = z.input<typeof UpdateWorkspaceSettingsInput>;

/** The whole list; what is not in it any more ends. Nobody becomes an owner or admin by their address alone. */
export const SetDomainsInput = z.strictObject({
  domains: z
    .array(
      z.strictObject({
        domain: MailDomain,
        role: z.enum(["member", "auditor"], "People join as member or auditor").default("member"),
      }),
    )
    .max(20, "At most 20 domains")
    .refine((rows) => new Set(rows.map(({ domain }) => domain)).size === rows.length, "Name each domain once"),
});
export type SetDomainsInput = z.input<typeof SetDomainsInput>;
