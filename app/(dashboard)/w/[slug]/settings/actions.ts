"use server";

import { workspaceAction } from "@/lib/auth/action";
import { deleteWorkspace } from "@/lib/services/workspace/delete";
import { renameWorkspace } from "@/lib/services/workspace/rename";
import { setDomains } from "@/lib/services/workspace/set-domains";
import { updateWorkspaceSettings } from "@/lib/services/workspace/update-settings";

export const renameWorkspaceAction = workspaceAction(renameWorkspace);
export const updateSettingsAction = workspaceAction(updateWorkspaceSettings);
export const setDomainsAction = workspaceAction(setDomains);
/** No refresh: the page at hand is the deleted workspace's own. */
export const deleteWorkspaceAction = workspaceAction(deleteWorkspace, { refresh: false });
