import { UserRound } from "lucide-react";
import Link from "next/link";
import { Card } from "@/components/ui/card";
import { paths } from "@/lib/paths";
import type { ListingDetail } from "@/lib/services/listing/view";

/** For who may look but not install: whom to ask. */
export function AskPanel({ slug, listing, admins }: { slug: string; listing: ListingDetail; admins: string[] }) {
  const here = listing.installed;
  return (
    <Card className="grid gap-3 p-5 text-sm">
      {here.length > 0 && (
        <p className="leading-6">
          In this workspace as{" "}
          {here.map((server, index) => (
            <span key={server.slug}>
              {index > 0 && ", "}
              <Link href={paths.server(slug, server.slug)} className="font-medium underline underline-offset-4">
                {server.name}
              </Link>
            </span>
          ))}
          .
        </p>
      )}
      <h2 className="font-semibold text-[0.9375rem]">Admins install servers</h2>
      <p className="text-pretty text-soft leading-6">Ask one of them for {listing.name}:</p>
      <ul className="grid gap-1.5">
        {admins.map((name) => (
          <li key={name} className="flex min-w-0 items-center gap-2">
            <UserRound aria-hidden className="size-4 shrink-0 text-faint" />
            <span className="truncate">{name}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
