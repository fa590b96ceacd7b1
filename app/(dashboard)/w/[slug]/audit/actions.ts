"use server";

import { workspaceAction } from "@/lib/auth/action";
import { verifyAudit } from "@/lib/services/audit/verify";

export const verifyAuditAction = workspaceAction(verifyAudit, { refresh: false });
