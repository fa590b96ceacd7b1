import { Plus, Server } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import type { WorkspacePage } from "@/app/page-props";
import { HubPicks } from "@/components/hub/hub-picks";
import { ServerTable } from "@/components/servers/server-table";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { paths } from "@/lib/paths";
import { hubPicks } from "@/lib/services/listing/picks";
import { serverHealth } from "@/lib/services/server/health";
import { listServers } from "@/lib/services/server/list";
import { setServerEnabledAction } from "./actions";

export const metadata: Metadata = { title: "Servers" };

export default async function ServersPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const [servers, health] = await Promise.all([listServers(ctx), serverHealth(ctx)]);
  const canManage = allows(ctx.role, "server.manage");
  const add = canManage && (
    <Button asChild>
      <Link href={paths.newServer(slug)}>
        <Plus aria-hidden /> Add server
      </Link>
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Servers"
        description="Their tools appear together behind this workspace's URL, each under its server's slug."
        actions={servers.length > 0 && add}
      />
      <Card>
        {servers.length === 0 ? (
          <EmptyState icon={Server} title="Add the first MCP server" action={add}>
            {canManage
              ? "Give the URL of a server that you run or subscribe to, or write one here. Its API key is sealed in the workspace instead of on laptops."
              : "An admin of this workspace adds servers. Their tools then appear in your client by themselves."}
          </EmptyState>
        ) : (
          <ServerTable
            slug={slug}
            servers={servers}
            health={health}
            canManage={canManage}
            onToggle={setServerEnabledAction.bind(null, slug)}
          />
        )}
      </Card>
      {servers.length === 0 && (
        <div className="mt-8">
          <HubPicks slug={slug} {...(await hubPicks(ctx))} />
        </div>
      )}
    </>
  );
}
