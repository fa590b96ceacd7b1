"use server";

import { workspaceAction } from "@/lib/auth/action";
import { revokeGrant } from "@/lib/services/grant/revoke";
import { createToken } from "@/lib/services/token/create";
import { revokeToken } from "@/lib/services/token/revoke";
import { revokeAllTokens } from "@/lib/services/token/revoke-all";

export const createTokenAction = workspaceAction(createToken);
export const revokeTokenAction = workspaceAction(revokeToken);
export const revokeAllTokensAction = workspaceAction(revokeAllTokens);
export const revokeGrantAction = workspaceAction(revokeGrant);
