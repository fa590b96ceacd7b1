import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import type { WorkspacePage } from "@/app/page-props";
import { AskPanel } from "@/components/hub/ask-panel";
import { KnownTools } from "@/components/hub/known-tools";
import { DoubtBadge, NeedsBadge, OfficialMark, ReadOnlyBadge } from "@/components/hub/listing-badges";
import { OAuthPanel } from "@/components/hub/oauth-panel";
import { SentCard } from "@/components/hub/sent-card";
import { SourceCard } from "@/components/hub/source-card";
import { Badge } from "@/components/ui/badge";
import { BrandIcon } from "@/components/ui/brand-icon";
import { allows } from "@/lib/access/permissions";
import { orNotFound, requireWorkspaceCtx } from "@/lib/auth/context";
import { paths } from "@/lib/paths";
import { getListing } from "@/lib/services/listing/get";
import type { ListingDetail } from "@/lib/services/listing/view";
import { listAdminNames } from "@/lib/services/member/list-admins";
import { Install } from "./install";

type Page = WorkspacePage<{ listing: string }>;

export async function generateMetadata({ params }: Page): Promise<Metadata> {
  const { slug, listing } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  return { title: `${(await orNotFound(getListing(ctx, { listing }))).name} · Hub` };
}

export default async function ListingPage({ params }: Page) {
  const { slug, listing: name } = await params;
  const ctx = await requireWorkspaceCtx(slug);
  const listing = await orNotFound(getListing(ctx, { listing: name, workspace: slug }));
  const canManage = allows(ctx.role, "server.manage");
  return (
    <>
      <Link
        href={paths.hub(slug)}
        className="mb-4 inline-flex items-center gap-1.5 rounded-md text-soft text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4" /> Hub
      </Link>
      <Head listing={listing} />
      <div className="mt-6 grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="lg:sticky lg:top-6 lg:order-2">
          {listing.needs === "oauth" ? (
            <OAuthPanel slug={slug} listing={listing} canManage={canManage} />
          ) : canManage ? (
            <Install slug={slug} listing={listing} />
          ) : (
            <AskPanel slug={slug} listing={listing} admins={await listAdminNames(ctx)} />
          )}
        </div>
        <div className="grid min-w-0 grid-cols-1 gap-5">
          <SentCard listing={listing} />
          <KnownTools listing={listing} />
          <SourceCard listing={listing} />
        </div>
      </div>
    </>
  );
}

function Head({ listing }: { listing: ListingDetail }) {
  const { name, vendor, description, icon, official, own, category, readOnly, verified, status, tags } = listing;
  return (
    <header className="flex flex-col gap-4 sm:flex-row sm:items-start">
      <BrandIcon icon={icon} name={name} className="size-14 rounded-2xl text-lg" />
      <div className="grid min-w-0 gap-1.5">
        <div className="grid gap-0.5">
          <h1 className="flex items-center gap-2 font-semibold text-2xl">
            <span className="min-w-0 break-words">{name}</span> {official && !own && <OfficialMark />}
          </h1>
          <p className="text-faint text-sm">
            {vendor} · {category.label}
          </p>
        </div>
        <p className="max-w-2xl text-pretty text-[0.9375rem] text-soft leading-6">{description}</p>
        <div className="mt-1 flex flex-wrap gap-1.5">
          <NeedsBadge listing={listing} />
          {readOnly && <ReadOnlyBadge />}
          {own && <Badge tone="accent">Yours</Badge>}
          {status !== "ga" && <Badge>{status}</Badge>}
          {!verified && <DoubtBadge />}
          {tags.map((tag) => (
            <Badge key={tag} className="font-normal">
              {tag}
            </Badge>
          ))}
        </div>
      </div>
    </header>
  );
}
