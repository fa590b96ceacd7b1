"use server";

import { workspaceAction } from "@/lib/auth/action";
import { changeMemberRole } from "@/lib/services/member/change-role";
import { previewMemberRemoval, removeMember } from "@/lib/services/member/remove";
import { setMemberScope } from "@/lib/services/member/set-scope";
import { createResetLink } from "@/lib/services/user/create-reset-link";

export const changeRoleAction = workspaceAction(changeMemberRole);
export const setScopeAction = workspaceAction(setMemberScope);
export const previewRemovalAction = workspaceAction(previewMemberRemoval, { refresh: false });
/** No refresh: the page at hand is the removed member's own. */
export const removeMemberAction = workspaceAction(removeMember, { refresh: false });
export const createResetLinkAction = workspaceAction(createResetLink, { refresh: false });
