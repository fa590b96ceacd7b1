import { FunctionSquare, LogIn, Plug } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { paths } from "@/lib/paths";
import type { ListingDetail } from "@/lib/services/listing/view";

const REGISTRATION = {
  dcr: "The gateway can make itself known to the vendor by itself.",
  "pre-registered": "An app has to be made at the vendor first; its client id and secret go in here.",
  unknown: "Whether an app must be made at the vendor first is not known.",
};

/** Functions that do with a token what this listing does by a sign-in. */
const TEMPLATES: Record<string, string> = { slack: "slack" };

/** A listing that wants the vendor's sign-in: what it will need, and what works today. */
export function OAuthPanel({ slug, listing, canManage }: { slug: string; listing: ListingDetail; canManage: boolean }) {
  const { oauth, endpoints, slug: name } = listing;
  const template = TEMPLATES[name];
  const url = endpoints[0]?.url ?? "";
  return (
    <Card className="grid gap-4 p-5">
      <div className="grid gap-1.5">
        <h2 className="flex items-center gap-2 font-semibold text-[0.9375rem]">
          <LogIn aria-hidden className="size-4 text-faint" /> Needs a sign-in (OAuth)
        </h2>
        <p className="text-pretty text-soft text-sm leading-6">
          Connecting by the vendor's sign-in is not part of this version yet; it comes with an update.
        </p>
      </div>
      <dl className="grid gap-3 text-sm">
        <div className="grid gap-0.5">
          <dt className="text-faint text-xs">What it will need</dt>
          <dd className="leading-6">{REGISTRATION[oauth?.registration ?? "unknown"]}</dd>
        </div>
        {oauth?.issuer && (
          <div className="grid gap-0.5">
            <dt className="text-faint text-xs">Sign-in at</dt>
            <dd className="break-all font-mono text-[0.8125rem]">{oauth.issuer.replace(/^https:\/\//, "")}</dd>
          </div>
        )}
      </dl>
      {canManage && (
        <div className="grid gap-2 border-t pt-4">
          <p className="font-medium text-sm">What works today</p>
          {template && (
            <Button asChild variant="secondary">
              <Link href={`${paths.newFunction(slug)}?from=${template}`}>
                <FunctionSquare aria-hidden /> Run a {listing.name} function here
              </Link>
            </Button>
          )}
          <Button asChild variant="secondary">
            <Link href={`${paths.newServer(slug)}?url=${encodeURIComponent(url)}`}>
              <Plug aria-hidden /> Add its URL with a token
            </Link>
          </Button>
          <p className="text-faint text-xs leading-5">
            For vendors that give out tokens by hand: the address is filled in, the token is sealed.
          </p>
        </div>
      )}
    </Card>
  );
}
