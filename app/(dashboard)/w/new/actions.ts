"use server";

import { userAction } from "@/lib/auth/action";
import { createWorkspace } from "@/lib/services/workspace/create";

export const createWorkspaceAction = userAction(createWorkspace);
