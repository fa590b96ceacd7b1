"use client";

import { Bot, UserPlus, Users } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { allows } from "@/lib/access/permissions";
import type { Action } from "@/lib/action-state";
import { paths } from "@/lib/paths";
import type {
  CreateInvitationsInput,
  ResendInvitationInput,
  RevokeInvitationInput,
} from "@/lib/services/invitation/schemas";
import type { InvitationView, InvitedView } from "@/lib/services/invitation/view";
import type { AddServiceMemberInput } from "@/lib/services/member/schemas";
import type { MemberView } from "@/lib/services/member/view";
import type { ServerTools } from "@/lib/services/tool/view";
import { AddServiceDialog } from "./add-service-dialog";
import { InvitationList } from "./invitation-list";
import { InviteDialog } from "./invite-dialog";
import { MemberTable } from "./member-table";
import { PermissionTable } from "./permission-table";
import { grantableRoles } from "./roles";

export interface MemberActions {
  onInvite: Action<CreateInvitationsInput, InvitedView[]>;
  onResend: Action<ResendInvitationInput, InvitedView>;
  onRevoke: Action<RevokeInvitationInput, InvitationView>;
  onAddService: Action<AddServiceMemberInput, MemberView>;
}

interface ManagerProps extends MemberActions {
  slug: string;
  /** The reader. */
  self: { id: string; role: string };
  members: MemberView[];
  invitations: InvitationView[];
  servers: ServerTools[];
  mails: boolean;
  tab: string;
}

/** The members page: who is in, who was asked, and what each role may. */
export function MembersManager({ slug, self, members, invitations, servers, mails, tab, ...actions }: ManagerProps) {
  const [open, setOpen] = useState<"invite" | "service" | null>(null);
  const canManage = allows(self.role, "member.manage");
  const pending = invitations.filter((invitation) => invitation.state === "pending").length;
  return (
    <>
      <PageHeader
        title="Members"
        description="People and machines that work through this workspace. Every call carries one of these names."
        actions={
          canManage && (
            <>
              <Button variant="secondary" onClick={() => setOpen("service")}>
                <Bot aria-hidden /> Add service member
              </Button>
              <Button onClick={() => setOpen("invite")}>
                <UserPlus aria-hidden /> Invite people
              </Button>
            </>
          )
        }
      />
      <Tabs
        label="Members"
        defaultValue={tab}
        tabs={[
          {
            value: "members",
            title: <Counted title="Members" of={members.length} />,
            content: (
              <div className="grid grid-cols-1 gap-6">
                <Card>
                  <MemberTable slug={slug} members={members} self={self.id} servers={servers} />
                </Card>
                {members.length === 1 && canManage && (
                  <Card>
                    <EmptyState
                      icon={Users}
                      title="You are alone here"
                      action={
                        <Button variant="secondary" onClick={() => setOpen("invite")}>
                          <UserPlus aria-hidden /> Invite people
                        </Button>
                      }
                    >
                      Invite your team by address or link; each gets a token of their own. A CI job or an agent becomes
                      a service member. Or hand somebody a token from the{" "}
                      <Link href={paths.tokens(slug)} className="text-accent-text underline underline-offset-4">
                        Tokens
                      </Link>{" "}
                      page: they appear here under its name.
                    </EmptyState>
                  </Card>
                )}
              </div>
            ),
          },
          {
            value: "invitations",
            title: <Counted title="Invitations" of={pending} />,
            content: (
              <InvitationList
                invitations={invitations}
                canManage={canManage}
                onInvite={() => setOpen("invite")}
                onResend={actions.onResend}
                onRevoke={actions.onRevoke}
              />
            ),
          },
          { value: "roles", title: "Roles", content: <PermissionTable /> },
        ]}
      />
      <InviteDialog
        open={open === "invite"}
        onClose={() => setOpen(null)}
        roles={grantableRoles(self.role)}
        mails={mails}
        onInvite={actions.onInvite}
      />
      <AddServiceDialog
        open={open === "service"}
        onClose={() => setOpen(null)}
        slug={slug}
        onAdd={actions.onAddService}
      />
    </>
  );
}

function Counted({ title, of }: { title: string; of: number }) {
  return (
    <>
      {title} <span className="rounded-md bg-muted px-1.5 text-faint text-xs tabular-nums">{of}</span>
    </>
  );
}
