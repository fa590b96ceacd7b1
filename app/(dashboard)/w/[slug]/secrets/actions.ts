"use server";

import { workspaceAction } from "@/lib/auth/action";
import { deleteSecret } from "@/lib/services/secret/delete";
import { setSecret } from "@/lib/services/secret/set";
import { setSecretMode } from "@/lib/services/secret/set-mode";

export const setSecretAction = workspaceAction(setSecret);
export const deleteSecretAction = workspaceAction(deleteSecret);
export const setSecretModeAction = workspaceAction(setSecretMode);
