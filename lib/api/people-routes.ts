import { z } from "zod";
import { acceptInvitation } from "@/lib/services/invitation/accept";
import { createInvitations } from "@/lib/services/invitation/create";
import { listInvitations } from "@/lib/services/invitation/list";
import { resendInvitation } from "@/lib/services/invitation/resend";
import { revokeInvitation } from "@/lib/services/invitation/revoke";
import {
  CreateInvitationsInput,
  InvitationTokenInput,
  ListInvitationsInput,
  ResendInvitationInput,
  RevokeInvitationInput,
} from "@/lib/services/invitation/schemas";
import { AcceptedView, InvitationView, InvitedView } from "@/lib/services/invitation/view";
import { addServiceMember } from "@/lib/services/member/add-service";
import { changeMemberRole } from "@/lib/services/member/change-role";
import { getMember } from "@/lib/services/member/get";
import { listMembers } from "@/lib/services/member/list";
import { previewMemberRemoval, removeMember } from "@/lib/services/member/remove";
import {
  AddServiceMemberInput,
  ChangeMemberRoleInput,
  GetMemberInput,
  RemoveMemberInput,
  SetMemberScopeInput,
} from "@/lib/services/member/schemas";
import { setMemberScope } from "@/lib/services/member/set-scope";
import { MemberRemovalView, MemberView } from "@/lib/services/member/view";
import { type Operation, userOperation, workspaceOperation } from "./operation";

/** Members and invitations. */
export const peopleRoutes: Operation[] = [
  workspaceOperation("Members", "GET", "/members", {
    summary: "List people and machines",
    input: z.strictObject({}),
    output: z.object({ members: z.array(MemberView) }),
    run: async (ctx) => ({ members: await listMembers(ctx) }),
  }),
  workspaceOperation("Members", "POST", "/members", {
    summary: "Add a machine (CI, an agent): a member that has tokens and never signs in; people are invited",
    input: AddServiceMemberInput,
    output: MemberView,
    status: 201,
    run: addServiceMember,
  }),
  workspaceOperation("Members", "GET", "/members/{member}", {
    summary: "Read a member; everyone may read themselves",
    input: GetMemberInput,
    output: MemberView,
    run: getMember,
  }),
  workspaceOperation("Members", "PUT", "/members/{member}/role", {
    summary: "Give a member another role; to and from admin and owner is for owners",
    input: ChangeMemberRoleInput,
    output: MemberView,
    run: changeMemberRole,
  }),
  workspaceOperation("Members", "PUT", "/members/{member}/scope", {
    summary: "Say which tools a member may list and call; null: all",
    input: SetMemberScopeInput,
    output: MemberView,
    run: setMemberScope,
  }),
  workspaceOperation("Members", "GET", "/members/{member}/removal", {
    summary: "What removing a member would end, and what not",
    input: RemoveMemberInput,
    output: MemberRemovalView,
    run: previewMemberRemoval,
  }),
  workspaceOperation("Members", "DELETE", "/members/{member}", {
    summary: "Remove a member with their tokens, grants and own credentials",
    input: RemoveMemberInput,
    output: MemberRemovalView,
    run: removeMember,
  }),
  workspaceOperation("Invitations", "GET", "/invitations", {
    summary: "List invitations, newest first",
    input: ListInvitationsInput,
    output: z.object({ invitations: z.array(InvitationView) }),
    run: async (ctx, input) => ({ invitations: await listInvitations(ctx, input) }),
  }),
  workspaceOperation("Invitations", "POST", "/invitations", {
    summary: "Invite up to 100 addresses, or a mail domain; each link is shown in this answer only",
    input: CreateInvitationsInput,
    output: z.object({ invited: z.array(InvitedView) }),
    status: 201,
    run: async (ctx, input) => ({ invited: await createInvitations(ctx, input) }),
  }),
  workspaceOperation("Invitations", "POST", "/invitations/{invitation}/resend", {
    summary: "Make and mail a new link; the old one stops working",
    input: ResendInvitationInput,
    output: InvitedView,
    run: resendInvitation,
  }),
  workspaceOperation("Invitations", "DELETE", "/invitations/{invitation}", {
    summary: "Withdraw an invitation",
    input: RevokeInvitationInput,
    output: InvitationView,
    run: revokeInvitation,
  }),
  userOperation("Invitations", "POST", "/invitations/accept", {
    summary: "Accept an invitation by the token of its link; the first gateway token is shown in this answer only",
    input: InvitationTokenInput,
    output: AcceptedView,
    status: 201,
    run: acceptInvitation,
  }),
];
