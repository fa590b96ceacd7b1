import { Bot } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Monogram } from "@/components/ui/monogram";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { allows } from "@/lib/access/permissions";
import { paths } from "@/lib/paths";
import type { MemberView } from "@/lib/services/member/view";
import type { ServerTools } from "@/lib/services/tool/view";
import { RoleBadge } from "./roles";
import { ScopeBadge } from "./scope-badge";

interface TableProps {
  slug: string;
  members: MemberView[];
  /** The reader's own member id. */
  self: string;
  servers: ServerTools[];
}

/** People and machines of the workspace, by name. */
export function MemberTable({ slug, members, self, servers }: TableProps) {
  return (
    <Table label="Members">
      <thead>
        <tr>
          <Th>Member</Th>
          <Th>Role</Th>
          <Th>Tools</Th>
          <Th className="text-right">Tokens</Th>
          <Th className="text-right">Apps</Th>
          <Th>Last call</Th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <Tr key={member.id} className="relative hover:bg-muted/60">
            <Td>
              <Name slug={slug} member={member} self={member.id === self} />
            </Td>
            <Td>
              <RoleBadge role={member.role} />
            </Td>
            <Td>
              {allows(member.role, "gateway.use") ? (
                <ScopeBadge scope={member.toolScope} servers={servers} />
              ) : (
                <span className="text-faint">none</span>
              )}
            </Td>
            <Count of={member.activeTokens} />
            <Count of={member.activeGrants} />
            <Td className="whitespace-nowrap text-soft">
              {member.lastCallAt ? <Time at={member.lastCallAt} /> : <span className="text-faint">never</span>}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

/** The name is the link; it is stretched over the row, so that the whole row takes the click. */
function Name({ slug, member, self }: { slug: string; member: MemberView; self: boolean }) {
  const { name, email, kind, canSignIn } = member;
  return (
    <div className="flex min-w-52 items-center gap-3">
      <Monogram name={name} round={kind === "person"} />
      <div className="min-w-0 leading-tight">
        <span className="flex items-center gap-2">
          <Link
            href={paths.member(slug, member.id)}
            className="max-w-48 truncate rounded font-medium after:absolute after:inset-0"
          >
            {name}
          </Link>
          {self && <Badge tone="accent">you</Badge>}
          {kind === "service" && (
            <Badge>
              <Bot aria-hidden /> service
            </Badge>
          )}
        </span>
        <span className="block max-w-56 truncate text-faint text-xs">
          {email ?? (kind === "service" ? "A machine, by tokens only" : canSignIn ? "" : "By tokens only, no sign-in")}
        </span>
      </div>
    </div>
  );
}

function Count({ of }: { of: number }) {
  return <Td className="text-right tabular-nums">{of === 0 ? <span className="text-faint">0</span> : of}</Td>;
}
