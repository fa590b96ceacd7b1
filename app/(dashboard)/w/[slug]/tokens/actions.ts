"use server";

import { workspaceAction } from "@/lib/auth/action";
import { createToken } from "@/lib/services/token/create";
import { revokeToken } from "@/lib/services/token/revoke";

export const createTokenAction = workspaceAction(createToken);
export const revokeTokenAction = workspaceAction(revokeToken);
