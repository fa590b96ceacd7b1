import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import type { WorkspacePage } from "@/app/page-props";
import { pickOf } from "@/components/onboarding/pick";
import { PageHeader } from "@/components/ui/page-header";
import { allows } from "@/lib/access/permissions";
import { requireWorkspaceCtx } from "@/lib/auth/context";
import { listListings } from "@/lib/services/listing/list";
import { setupProgress } from "@/lib/services/workspace/setup-progress";
import { connectFacts } from "../connect/facts";
import { Start } from "./start";

export const metadata: Metadata = { title: "First steps" };

/** Documentation that everybody can use at once, and that needs no key. */
const FIRST = ["microsoft-learn", "deepwiki", "cloudflare-docs"];

export default async function StartPage({ params }: WorkspacePage) {
  const { slug } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  if (!allows(ctx.role, "gateway.use")) forbidden();
  const [facts, progress, { listings, total }] = await Promise.all([
    connectFacts(ctx),
    setupProgress(ctx),
    listListings(ctx, { workspace: slug, needs: "nothing" }),
  ]);
  const offered = FIRST.flatMap((wanted) => listings.filter((listing) => listing.slug === wanted)).map(pickOf);
  return (
    <>
      <PageHeader
        title="Your first tool call"
        description="Three steps, about three minutes. You can leave at any time; this page knows where you were."
      />
      <Start
        facts={facts}
        progress={progress}
        offered={offered}
        total={total}
        canManage={allows(ctx.role, "server.manage")}
      />
    </>
  );
}
