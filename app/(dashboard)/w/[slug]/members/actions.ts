"use server";

import { workspaceAction } from "@/lib/auth/action";
import { createInvitations } from "@/lib/services/invitation/create";
import { resendInvitation } from "@/lib/services/invitation/resend";
import { revokeInvitation } from "@/lib/services/invitation/revoke";
import { addServiceMember } from "@/lib/services/member/add-service";

export const inviteAction = workspaceAction(createInvitations);
export const resendInvitationAction = workspaceAction(resendInvitation);
export const revokeInvitationAction = workspaceAction(revokeInvitation);
/** No refresh: the new member's own page comes next. */
export const addServiceMemberAction = workspaceAction(addServiceMember, { refresh: false });
