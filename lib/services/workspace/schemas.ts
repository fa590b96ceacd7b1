import { z } from "zod";
import { Confirm, DisplayName } from "@/lib/services/fields";
import { WorkspaceSlug } from "@/lib/slug";

/** Without a slug, one is made from the name. */
export const CreateWorkspaceInput = z.strictObject({ name: DisplayName, slug: WorkspaceSlug.optional() });
export type CreateWorkspaceInput = z.input<typeof CreateWorkspaceInput>;

export const RenameWorkspaceInput = z.strictObject({ name: DisplayName });
export type RenameWorkspaceInput = z.input<typeof RenameWorkspaceInput>;

/** `confirm` must repeat the workspace's slug. */
export const DeleteWorkspaceInput = z.strictObject({ confirm: Confirm });
export type DeleteWorkspaceInput = z.input<typeof DeleteWorkspaceInput>;
