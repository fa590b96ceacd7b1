import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import type { WorkspacePage } from "@/app/page-props";
import { HubPicks } from "@/components/hub/hub-picks";
import { AddMode } from "@/components/servers/add-mode";
import { PageHeader } from "@/components/ui/page-header";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { hubPicks } from "@/lib/services/listing/picks";
import { AddServer } from "./add-server";

export const metadata: Metadata = { title: "Add server" };

export default async function NewServerPage({ params, searchParams }: WorkspacePage) {
  const { slug } = await params;
  const { url } = await searchParams;
  const ctx = await requireWorkspaceCtx(slug);
  if (!allows(ctx.role, "server.manage")) forbidden();
  return (
    <>
      <PageHeader title="Add server" description="Its tools become part of this workspace, each under its slug." />
      <AddMode slug={slug} current="proxy" />
      <AddServer
        slug={slug}
        instanceOwner={ctx.actor.instanceOwner}
        url={typeof url === "string" ? url.slice(0, 2_048) : ""}
      />
      <div className="mt-10 max-w-4xl">
        <HubPicks slug={slug} {...(await hubPicks(ctx))} />
      </div>
    </>
  );
}
