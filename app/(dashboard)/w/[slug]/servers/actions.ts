"use server";

import { workspaceAction } from "@/lib/auth/action";
import { addServer } from "@/lib/services/server/add";
import { probeServer } from "@/lib/services/server/probe";
import { refreshTools } from "@/lib/services/server/refresh-tools";
import { removeServer } from "@/lib/services/server/remove";
import { setServerEnabled } from "@/lib/services/server/set-enabled";
import { updateServer } from "@/lib/services/server/update";
import { editTool } from "@/lib/services/tool/edit";
import { acceptTools } from "@/lib/services/tool/review";
import { setToolEnabled } from "@/lib/services/tool/set-enabled";

export const probeServerAction = workspaceAction(probeServer, { refresh: false });
export const addServerAction = workspaceAction(addServer, { refresh: false });
export const updateServerAction = workspaceAction(updateServer);
/** No refresh: the page at hand is the removed server's own. */
export const removeServerAction = workspaceAction(removeServer, { refresh: false });
export const setServerEnabledAction = workspaceAction(setServerEnabled);
export const refreshToolsAction = workspaceAction(refreshTools);
export const setToolEnabledAction = workspaceAction(setToolEnabled);
export const editToolAction = workspaceAction(editTool);
export const acceptToolsAction = workspaceAction(acceptTools);
