"use server";

import { workspaceAction } from "@/lib/auth/action";
import { deleteWorkspace } from "@/lib/services/workspace/delete";
import { renameWorkspace } from "@/lib/services/workspace/rename";

export const renameWorkspaceAction = workspaceAction(renameWorkspace);
/** No refresh: the page at hand is the deleted workspace's own. */
export const deleteWorkspaceAction = workspaceAction(deleteWorkspace, { refresh: false });
