import type { ReactNode } from "react";
import { requireWorkspaceCtx } from "@/lib/auth/context";

/** Asked here as well as in each page: above the loading state, so that a foreign workspace answers 404 and not 200 with a skeleton. */
export default async function WorkspaceLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ slug: string }>;
}) {
  await requireWorkspaceCtx((await params).slug);
  return children;
}
