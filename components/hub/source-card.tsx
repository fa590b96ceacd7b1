import { ExternalLink } from "lucide-react";
import { Callout } from "@/components/ui/callout";
import { Card, CardHeader } from "@/components/ui/card";
import type { ListingDetail } from "@/lib/services/listing/view";
import { formatAsOf } from "./as-of";

const LEVEL: Record<ListingDetail["source"]["level"], string> = {
  vendor: "Address and credential were read in the vendor's own documentation or repository.",
  registry: "Address and credential were read in public registries of MCP servers, not at the vendor.",
  "third-party": "Address or credential is known from third parties only.",
  unverified: "Address or credential could not be confirmed. Try it out before a team relies on it.",
  operator: "The operator of this installation added this server.",
};

/** Who runs the server, and how sure we are of what is written about it. */
export function SourceCard({ listing }: { listing: ListingDetail }) {
  const { source, official, own, vendor, docsUrl, repoUrl, endpoints } = listing;
  const transports = [...new Set(endpoints.map(({ transport }) => transport))];
  return (
    <Card>
      <CardHeader title="Where this comes from" />
      <div className="grid gap-4 px-5 pb-5 text-sm">
        {source.level === "unverified" && (
          <Callout tone="warn" title="Not verified">
            {LEVEL.unverified}
          </Callout>
        )}
        <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
          <Fact name="Run by">{official || own ? vendor : `its community (${vendor})`}</Fact>
          <Fact name="Read">{source.asOf ? formatAsOf(source.asOf) : "–"}</Fact>
          <Fact name="How sure">{source.level === "unverified" ? "Not verified" : LEVEL[source.level]}</Fact>
          <Fact name="Transport">
            {transports.map((one) => (one === "sse" ? "HTTP + SSE" : "Streamable HTTP")).join(", ")}
          </Fact>
        </dl>
        {source.note && <p className="text-soft leading-6">{source.note}</p>}
        {(docsUrl || repoUrl) && (
          <p className="flex flex-wrap gap-x-5 gap-y-2">
            {docsUrl && docsUrl !== repoUrl && <Outside href={docsUrl}>Documentation</Outside>}
            {repoUrl && <Outside href={repoUrl}>Repository</Outside>}
          </p>
        )}
      </div>
    </Card>
  );
}

/** A link that leaves the product; the other site learns nothing of where one came from. */
export function Outside({ href, children }: { href: string; children: React.ReactNode }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className="inline-flex items-center gap-1.5 rounded-md text-accent-text underline-offset-4 hover:underline"
    >
      {children} <ExternalLink aria-hidden className="size-3.5" />
      <span className="sr-only">(opens in a new tab)</span>
    </a>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="grid content-start gap-0.5">
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="leading-6">{children}</dd>
    </div>
  );
}
