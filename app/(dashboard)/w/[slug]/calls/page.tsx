import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { PageHeader } from "@/components/ui/page-header";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { listCalls } from "@/lib/services/call/list";
import { OutcomeName } from "@/lib/services/call/schemas";
import { listMembers } from "@/lib/services/member/list";
import { listServers } from "@/lib/services/server/list";
import { CallsExplorer } from "./calls-explorer";

export const metadata: Metadata = { title: "Calls" };

/** One value of a query parameter, cut to what a filter may be; "" where absent. */
const one = (value: string | string[] | undefined) => (typeof value === "string" ? value.slice(0, 64) : "");

export default async function CallsPage({ params, searchParams }: WorkspacePage) {
  const { slug } = await params;
  const search = await searchParams;
  const ctx = await requireWorkspaceCtx(slug);
  const outcome = OutcomeName.safeParse(search.outcome).data;
  const filters = { outcome: outcome ?? "", server: one(search.server), member: one(search.member) };
  const [firstPage, servers, members] = await Promise.all([
    listCalls(ctx, { outcome, server: filters.server || undefined, member: filters.member || undefined }),
    listServers(ctx),
    allows(ctx.role, "member.read") ? listMembers(ctx) : [],
  ]);
  return (
    <>
      <PageHeader
        title="Calls"
        description="Every tool call that went through this workspace's URL, with the person behind it."
      />
      <CallsExplorer
        slug={slug}
        canConnect={allows(ctx.role, "gateway.use")}
        filters={filters}
        servers={servers.map(({ slug: server, name }) => ({ slug: server, name }))}
        members={members.map(({ id, name }) => ({ id, name }))}
        firstPage={firstPage}
      />
    </>
  );
}
