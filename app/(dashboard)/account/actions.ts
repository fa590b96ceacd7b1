"use server";

import { userAction } from "@/lib/auth/action";
import { createApiKey } from "@/lib/services/api-key/create";
import { revokeApiKey } from "@/lib/services/api-key/revoke";

export const createApiKeyAction = userAction(createApiKey);
export const revokeApiKeyAction = userAction(revokeApiKey);
