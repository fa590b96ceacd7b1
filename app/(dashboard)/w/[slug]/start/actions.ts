"use server";

import { workspaceAction } from "@/lib/auth/action";
import { skipSetup } from "@/lib/services/workspace/setup-progress";

export const skipSetupAction = workspaceAction(skipSetup);
