import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { MembersManager } from "@/components/members/members-manager";
import { orNotFound, requireWorkspaceCtx } from "@/lib/auth/context";
import { listInvitations } from "@/lib/services/invitation/list";
import { listMembers } from "@/lib/services/member/list";
import { listTools } from "@/lib/services/tool/list";
import { addServiceMemberAction, inviteAction, resendInvitationAction, revokeInvitationAction } from "./actions";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage({ params, searchParams }: WorkspacePage) {
  const { slug } = await params;
  const { tab } = await searchParams;
  const ctx = await requireWorkspaceCtx(slug);
  const members = await orNotFound(listMembers(ctx));
  const [invitations, servers] = await Promise.all([listInvitations(ctx), listTools(ctx)]);
  return (
    <MembersManager
      slug={slug}
      self={{ id: ctx.memberId, role: ctx.role }}
      members={members}
      invitations={invitations}
      servers={servers}
      mails={ctx.mail !== null}
      tab={tab === "invitations" || tab === "roles" ? tab : "members"}
      onInvite={inviteAction.bind(null, slug)}
      onResend={resendInvitationAction.bind(null, slug)}
      onRevoke={revokeInvitationAction.bind(null, slug)}
      onAddService={addServiceMemberAction.bind(null, slug)}
    />
  );
}
