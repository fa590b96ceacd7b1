"use server";

import { workspaceAction } from "@/lib/auth/action";
import { changeSlug } from "@/lib/services/workspace/change-slug";
import { deleteWorkspace } from "@/lib/services/workspace/delete";
import { renameWorkspace } from "@/lib/services/workspace/rename";
import { setDomains } from "@/lib/services/workspace/set-domains";
import { settingsEffects } from "@/lib/services/workspace/settings-effects";
import { updateWorkspaceSettings } from "@/lib/services/workspace/update-settings";

export const renameWorkspaceAction = workspaceAction(renameWorkspace);
/** No refresh: the page at hand is at the old URL. */
export const changeSlugAction = workspaceAction(changeSlug, { refresh: false });
export const updateSettingsAction = workspaceAction(updateWorkspaceSettings);
export const settingsEffectsAction = workspaceAction(settingsEffects, { refresh: false });
export const setDomainsAction = workspaceAction(setDomains);
/** No refresh: the page at hand is the deleted workspace's own. */
export const deleteWorkspaceAction = workspaceAction(deleteWorkspace, { refresh: false });
