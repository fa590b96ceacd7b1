import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { WorkspacePage } from "@/app/page-props";
import { CLIENTS } from "@/components/connect/clients";
import { PageHeader } from "@/components/ui/page-header";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { listCalls } from "@/lib/services/call/list";
import { getWorkspace } from "@/lib/services/workspace/get";
import { Connect } from "./connect";

export const metadata: Metadata = { title: "Connect" };

export default async function ConnectPage({ params, searchParams }: WorkspacePage) {
  const { slug } = await params;
  const { client } = await searchParams;
  const ctx = await requireWorkspaceCtx(slug);
  if (!allows(ctx.role, "gateway.use")) notFound();
  const [{ mcpUrl, sseUrl }, { calls }] = await Promise.all([getWorkspace(ctx), listCalls(ctx, { limit: 1 })]);
  return (
    <>
      <PageHeader
        title="Connect a client"
        description="One entry in your editor or terminal brings all tools of this workspace."
      />
      <Connect
        slug={slug}
        tokenUrl={sseUrl}
        signInUrl={mcpUrl}
        lastCallId={calls[0]?.id ?? null}
        initialClient={CLIENTS.find((entry) => entry.id === client)?.id ?? "claude-code"}
      />
    </>
  );
}
