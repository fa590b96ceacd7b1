"use server";

import { userAction } from "@/lib/auth/action";
import { changeOwnPassword } from "@/lib/auth/change-password";
import { createApiKey } from "@/lib/services/api-key/create";
import { revokeApiKey } from "@/lib/services/api-key/revoke";
import { endSession } from "@/lib/services/session/end";
import { endSessionsEverywhere } from "@/lib/services/session/end-everywhere";
import { endOtherSessions } from "@/lib/services/session/end-others";
import { updateProfile } from "@/lib/services/user/update-profile";

export const updateProfileAction = userAction(updateProfile);
export const createApiKeyAction = userAction(createApiKey);
export const revokeApiKeyAction = userAction(revokeApiKey);
export const changePasswordAction = userAction(changeOwnPassword);
export const endSessionAction = userAction(endSession);
export const endOtherSessionsAction = userAction(endOtherSessions);
/** No refresh: the page goes to sign-in by itself. */
export const endSessionsEverywhereAction = userAction(endSessionsEverywhere, { refresh: false });
