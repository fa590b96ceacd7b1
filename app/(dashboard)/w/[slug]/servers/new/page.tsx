import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { WorkspacePage } from "@/app/page-props";
import { AddMode } from "@/components/servers/add-mode";
import { PageHeader } from "@/components/ui/page-header";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { AddServer } from "./add-server";

export const metadata: Metadata = { title: "Add server" };

export default async function NewServerPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  if (!allows(ctx.role, "server.manage")) notFound();
  return (
    <>
      <PageHeader title="Add server" description="Its tools become part of this workspace, each under its slug." />
      {allows(ctx.role, "function.manage") && <AddMode slug={slug} current="proxy" />}
      <AddServer slug={slug} instanceOwner={ctx.actor.instanceOwner} />
    </>
  );
}
