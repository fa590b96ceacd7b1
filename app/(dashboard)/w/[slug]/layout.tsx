import type { Metadata } from "next";
import { headers } from "next/headers";
import { forbidden } from "next/navigation";
import type { ReactNode } from "react";
import { RememberWorkspace } from "@/app/(dashboard)/remember-workspace";
import { neededFor } from "@/components/layout/nav";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { notingRefusals } from "@/lib/services/audit/record-refusal";
import { requirePermission } from "@/lib/services/context";

interface WorkspaceLayoutProps {
  children: ReactNode;
  params: Promise<{ slug: string }>;
}

/** A page's title names its workspace, so that tabs of two workspaces can be told apart. */
export async function generateMetadata({ params }: WorkspaceLayoutProps): Promise<Metadata> {
  const { name } = (await requireWorkspaceCtx((await params).slug)).workspace;
  return { title: { template: `%s · ${name} · Aerostack`, default: `${name} · Aerostack` } };
}

/**
 * Asked here as well as in each page: above the loading states, so that a foreign workspace answers 404 and a page that the
 * role may not open 403, and neither 200 with a skeleton. Layouts are kept between pages, so the pages' own verbs decide.
 */
export default async function WorkspaceLayout({ children, params }: WorkspaceLayoutProps) {
  const ctx = await requireWorkspaceCtx((await params).slug);
  const path = (await headers()).get("x-path")?.split("?")[0] ?? "";
  const needed = neededFor(path);
  if (needed) await notingRefusals(ctx, async () => requirePermission(ctx, needed)).catch(() => forbidden());
  return (
    <>
      {children}
      <RememberWorkspace slug={ctx.workspace.slug} />
    </>
  );
}
