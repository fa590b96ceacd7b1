import { LayoutGrid, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { WorkspaceCard } from "@/components/workspace/workspace-card";
import { requireUserCtx } from "@/lib/auth/context";
import { paths } from "@/lib/paths";
import { listWorkspaces } from "@/lib/services/workspace/list";
import { CardHealth } from "./card-health";

export const metadata: Metadata = { title: "Workspaces" };

export default async function WorkspacesPage() {
  const workspaces = await listWorkspaces(await requireUserCtx());
  const create = (
    <Button asChild>
      <Link href={paths.newWorkspace}>
        <Plus aria-hidden /> New workspace
      </Link>
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Workspaces"
        description="A workspace is a set of MCP servers behind one gateway URL."
        actions={workspaces.length > 0 && create}
      />
      {workspaces.length === 0 ? (
        <Card>
          <EmptyState icon={LayoutGrid} title="Create your first workspace" action={create}>
            It gets one URL. Add MCP servers to it, and everybody who has that URL and a token of their own can use
            their tools.
          </EmptyState>
        </Card>
      ) : (
        <ul className="grid grid-cols-1 gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {workspaces.map((workspace) => (
            <li key={workspace.id}>
              <WorkspaceCard workspace={workspace}>
                <Suspense fallback={<Skeleton className="h-4 w-36" />}>
                  <CardHealth slug={workspace.slug} />
                </Suspense>
              </WorkspaceCard>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
