"use server";

import { workspaceAction } from "@/lib/auth/action";
import { deleteOwnSecret } from "@/lib/services/secret/delete";
import { setOwnSecret } from "@/lib/services/secret/set-own";

export const setOwnSecretAction = workspaceAction(setOwnSecret);
export const deleteOwnSecretAction = workspaceAction(deleteOwnSecret);
