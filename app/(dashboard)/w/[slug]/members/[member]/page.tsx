import { ArrowLeft, Bot } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import type { WorkspacePage } from "@/app/page-props";
import { readCallFilters } from "@/components/filters/read";
import { MemberTokens } from "@/components/members/member-tokens";
import { RoleBadge } from "@/components/members/roles";
import { GrantList } from "@/components/tokens/grant-list";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Monogram } from "@/components/ui/monogram";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { allows } from "@/lib/access/permissions";
import { orNotFound, requireWorkspaceCtx } from "@/lib/auth/context";
import { paths } from "@/lib/paths";
import { listGrants } from "@/lib/services/grant/list";
import { getMember } from "@/lib/services/member/get";
import { listMembers } from "@/lib/services/member/list";
import type { MemberView } from "@/lib/services/member/view";
import { listTokens } from "@/lib/services/token/list";
import { listTools } from "@/lib/services/tool/list";
import { createTokenAction, revokeAllTokensAction, revokeGrantAction, revokeTokenAction } from "../../tokens/actions";
import { MemberActivity } from "./activity";
import { MemberSettings } from "./member-settings";

export const metadata: Metadata = { title: "Member" };

export default async function MemberPage({ params, searchParams }: WorkspacePage<{ member: string }>) {
  const { slug, member: id } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const members = await orNotFound(listMembers(ctx));
  const member = await orNotFound(getMember(ctx, { member: id }));
  const seesTokens = allows(ctx.role, "token.manage") && allows(member.role, "gateway.use");
  const [tokens, grants, servers] = await Promise.all([
    seesTokens ? listTokens(ctx, { member: id }) : [],
    seesTokens ? listGrants(ctx) : [],
    listTools(ctx),
  ]);
  const owners = members.filter(({ role }) => role === "owner").length;
  return (
    <>
      <Head slug={slug} member={member} self={member.id === ctx.memberId} />
      <div className="grid grid-cols-1 gap-4">
        {allows(member.role, "gateway.use") && (
          <MemberActivity
            ctx={ctx}
            slug={slug}
            member={member}
            servers={servers}
            filters={readCallFilters(await searchParams).filters}
          />
        )}
        {seesTokens && (
          <>
            <MemberTokens
              member={member}
              tokens={tokens}
              onCreate={createTokenAction.bind(null, slug)}
              onRevoke={revokeTokenAction.bind(null, slug)}
              onRevokeAll={revokeAllTokensAction.bind(null, slug)}
            />
            {member.kind === "person" && (
              <GrantList
                ofOne
                grants={grants.filter((grant) => grant.member.id === member.id)}
                onRevoke={revokeGrantAction.bind(null, slug)}
              />
            )}
          </>
        )}
        <MemberSettings
          slug={slug}
          member={member}
          reader={{ memberId: ctx.memberId, role: ctx.role, instanceOwner: ctx.actor.instanceOwner }}
          lastOwner={member.role === "owner" && owners === 1}
          servers={servers}
          mails={ctx.mail !== null}
        />
      </div>
    </>
  );
}

function Head({ slug, member, self }: { slug: string; member: MemberView; self: boolean }) {
  return (
    <>
      <Link
        href={paths.members(slug)}
        className="mb-4 inline-flex items-center gap-1.5 rounded text-soft text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-3.5" /> Members
      </Link>
      <PageHeader
        title={
          <span className="flex items-center gap-3">
            <Monogram name={member.name} round={member.kind === "person"} className="size-10 text-xs" />
            <span className="truncate">{member.name}</span>
          </span>
        }
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm">
            <RoleBadge role={member.role} />
            {self && <Badge tone="accent">you</Badge>}
            {member.kind === "service" && (
              <Badge>
                <Bot aria-hidden /> service
              </Badge>
            )}
            <span>
              {member.email ?? (member.kind === "service" ? "A machine, by tokens only" : "Cannot sign in yet")}
            </span>
            <span className="text-faint">
              last call {member.lastCallAt ? <Time at={member.lastCallAt} /> : "never"}
            </span>
          </span>
        }
        actions={
          <Button asChild variant="secondary">
            <Link href={`${paths.calls(slug)}?member=${member.id}`}>Their calls</Link>
          </Button>
        }
      />
    </>
  );
}
