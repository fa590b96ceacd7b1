import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { PageHeader } from "@/components/ui/page-header";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { AppError } from "@/lib/errors";
import { listListings } from "@/lib/services/listing/list";
import { HubBrowser } from "./hub-browser";
import { type HubFilters, readHubFilters } from "./hub-filters";

export const metadata: Metadata = { title: "Hub" };

export default async function HubPage({ params, searchParams }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const filters = readHubFilters(await searchParams);
  const answer = await listListings(ctx, { workspace: slug, ...set(filters) }).then(
    (page) => ({ page, fault: null }),
    (error: unknown) => {
      if (error instanceof AppError && error.code === "invalid") return { page: null, fault: error.message };
      throw error;
    },
  );
  return (
    <>
      <PageHeader
        title="Hub"
        description="MCP servers that vendors run, ready to install. Keys are sealed here, and each goes to one host only."
      />
      <HubBrowser slug={slug} canManage={allows(ctx.role, "server.manage")} initial={{ filters, ...answer }} />
    </>
  );
}

const set = (filters: HubFilters): Record<string, string> =>
  Object.fromEntries(Object.entries(filters).flatMap(([name, value]) => (value ? [[name, value]] : [])));
