"use server";

import { userAction } from "@/lib/auth/action";
import { updateInstanceSettings } from "@/lib/services/instance/update-settings";

export const updateInstanceAction = userAction(updateInstanceSettings);
