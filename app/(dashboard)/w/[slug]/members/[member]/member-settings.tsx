"use client";

import { useRouter } from "next/navigation";
import { InviteCard } from "@/components/members/invite-card";
import { RemoveCard } from "@/components/members/remove-card";
import { ResetCard } from "@/components/members/reset-card";
import { RoleCard } from "@/components/members/role-card";
import { grantableRoles, mayManage } from "@/components/members/roles";
import { scopeKey } from "@/components/members/scope";
import { ScopeEditor } from "@/components/members/scope-editor";
import { toast } from "@/components/ui/toast";
import { allows } from "@/lib/access/permissions";
import { paths } from "@/lib/paths";
import type { MemberView } from "@/lib/services/member/view";
import type { ServerTools } from "@/lib/services/tool/view";
import { inviteAction } from "../actions";
import {
  changeRoleAction,
  createResetLinkAction,
  previewRemovalAction,
  removeMemberAction,
  setScopeAction,
} from "./actions";

interface MemberProps {
  slug: string;
  member: MemberView;
  /** The reader. */
  reader: { memberId: string; role: string; instanceOwner: boolean };
  lastOwner: boolean;
  servers: ServerTools[];
  mails: boolean;
}

/** What can be changed about one member, as far as the reader may. */
export function MemberSettings({ slug, member, reader, lastOwner, servers, mails }: MemberProps) {
  const router = useRouter();
  const self = member.id === reader.memberId;
  const manage = mayManage(reader.role, member.role);
  const usesTools = allows(member.role, "gateway.use");
  return (
    <>
      {usesTools && (
        <ScopeEditor
          key={scopeKey(member.toolScope)}
          name={member.name}
          scope={member.toolScope}
          servers={servers}
          canEdit={manage && allows(reader.role, "rule.manage")}
          onSave={(scope) => setScopeAction(slug, { member: member.id, scope })}
          onSaved={() => toast.success("Tools saved")}
        />
      )}
      {member.canSignIn && (
        <RoleCard
          key={member.role}
          member={member}
          actor={reader.role}
          self={self}
          lastOwner={lastOwner}
          onChange={changeRoleAction.bind(null, slug)}
          onChanged={(changed) => toast.success(`${changed.name} is ${changed.role} now`)}
        />
      )}
      {member.kind === "person" && !member.canSignIn && manage && (
        <InviteCard
          member={member}
          roles={grantableRoles(reader.role)}
          mails={mails}
          onInvite={inviteAction.bind(null, slug)}
        />
      )}
      {member.canSignIn && !self && (manage || reader.instanceOwner) && (
        <ResetCard member={member} onMake={createResetLinkAction.bind(null, slug)} />
      )}
      {manage && !lastOwner && (
        <RemoveCard
          member={member}
          self={self}
          onPreview={previewRemovalAction.bind(null, slug)}
          onRemove={removeMemberAction.bind(null, slug)}
          onGone={() => {
            // A full load where one left oneself: the switcher in the layout must forget the workspace too.
            if (self) window.location.assign(paths.workspaces);
            else router.replace(paths.members(slug));
          }}
        />
      )}
    </>
  );
}
