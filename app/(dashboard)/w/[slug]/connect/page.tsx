import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import type { WorkspacePage } from "@/app/page-props";
import { PageHeader } from "@/components/ui/page-header";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { Connect } from "./connect";
import { connectFacts } from "./facts";

export const metadata: Metadata = { title: "Connect" };

export default async function ConnectPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  if (!allows(ctx.role, "gateway.use")) forbidden();
  return (
    <>
      <PageHeader
        title="Connect a client"
        description="One entry in your editor or terminal brings all tools of this workspace."
      />
      <Connect facts={await connectFacts(ctx)} />
    </>
  );
}
