import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { ExportManager } from "@/components/exports/export-manager";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { listExports } from "@/lib/services/export/list";
import { listMembers } from "@/lib/services/member/list";
import { listServers } from "@/lib/services/server/list";
import { cancelExportAction, removeExportAction } from "./actions";

export const metadata: Metadata = { title: "Exports" };

export default async function ExportsPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const [firstPage, servers, members] = await Promise.all([
    listExports(ctx),
    listServers(ctx),
    allows(ctx.role, "member.read") ? listMembers(ctx) : [],
  ]);
  return (
    <ExportManager
      slug={slug}
      choices={{
        mayAudit: allows(ctx.role, "audit.read"),
        mayPayloads: allows(ctx.role, "call.payload"),
        servers: servers.map(({ slug: server, name }) => ({ slug: server, name })),
        members: members.map(({ id, name, email }) => ({ id, name, email })),
      }}
      firstPage={firstPage}
      onCancel={cancelExportAction.bind(null, slug)}
      onRemove={removeExportAction.bind(null, slug)}
    />
  );
}
