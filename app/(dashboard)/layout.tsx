import type { ReactNode } from "react";
import { Shell } from "@/components/layout/shell";
import { requireUserCtx } from "@/lib/auth/context";
import { listWorkspaces } from "@/lib/services/workspace/list";
import { KeepSignedIn } from "./keep-signed-in";

/** The frame only; each page decides itself who may see it. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const ctx = await requireUserCtx();
  const { name, email, instanceOwner } = ctx.actor;
  const workspaces = (await listWorkspaces(ctx)).map(({ slug, name: title, role, sseUrl, mcpUrl }) => ({
    slug,
    name: title,
    role,
    sseUrl,
    mcpUrl,
  }));
  return (
    <Shell user={{ name, email, instanceOwner }} workspaces={workspaces}>
      <KeepSignedIn />
      {children}
    </Shell>
  );
}
