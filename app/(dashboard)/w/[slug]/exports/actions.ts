"use server";

import { workspaceAction } from "@/lib/auth/action";
import { cancelExport } from "@/lib/services/export/cancel";
import { removeExport } from "@/lib/services/export/remove";

export const cancelExportAction = workspaceAction(cancelExport);
export const removeExportAction = workspaceAction(removeExport);
