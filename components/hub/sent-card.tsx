import { ArrowRight, LockKeyhole } from "lucide-react";
import { Card, CardHeader } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy";
import type { ListingDetail } from "@/lib/services/listing/view";

/** Which address is reached, and what is sent there besides the calls. */
export function SentCard({ listing }: { listing: ListingDetail }) {
  const { endpoints, headers, secrets, settings, needs } = listing;
  const hosts = [...new Set(endpoints.map(({ host }) => host))];
  const labelOf = (name: string) => [...secrets, ...settings].find((one) => one.name === name)?.label ?? name;
  return (
    <Card>
      <CardHeader
        title="What goes where"
        description={
          hosts.length === 1
            ? "This is the only host that the server reaches, and that its key is sent to."
            : "The address that you choose is the only host that is reached, and that its key is sent to."
        }
      />
      <div className="grid gap-5 px-5 pb-5">
        <ul className="grid gap-2.5">
          {endpoints.map((endpoint) => (
            <li key={endpoint.label} className="grid gap-1">
              {endpoints.length > 1 && <span className="text-faint text-xs">{endpoint.label}</span>}
              <CopyField value={endpoint.url} label={`address ${endpoint.label}`} />
            </li>
          ))}
        </ul>
        {headers.length > 0 ? (
          <dl className="grid gap-2">
            {headers.map((header) => (
              <div
                key={header.name}
                className="flex flex-wrap items-center gap-x-2.5 gap-y-1 rounded-lg border bg-muted/60 px-3 py-2 text-sm"
              >
                <dt className="font-mono text-[0.8125rem]">{header.name}</dt>
                <dd className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1 text-soft">
                  <ArrowRight aria-hidden className="size-3.5 shrink-0 rotate-180 text-faint" />
                  <code className="break-all font-mono text-[0.8125rem] text-faint">{masked(header.template)}</code>
                  {header.secrets.length > 0 && (
                    <span className="inline-flex items-center gap-1.5">
                      <LockKeyhole aria-hidden className="size-3.5 text-faint" />
                      {header.secrets.map(labelOf).join(" and ")}
                      {header.secrets.every((name) => secrets.find((one) => one.name === name)?.optional) &&
                        " (optional)"}
                    </span>
                  )}
                  {header.settings.map((name) => (
                    <span key={name}>{labelOf(name)}</span>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        ) : (
          <p className="text-soft text-sm">
            {needs === "oauth"
              ? "Authorization: a token that the vendor's sign-in gives."
              : "No credential: nothing is sent but the calls themselves."}
          </p>
        )}
        <p className="text-faint text-xs leading-5">
          Beside the headers it gets the name and arguments of each call made through this workspace. It gets no
          member's token, name or address.
        </p>
      </div>
    </Card>
  );
}

/** A template with dots where secrets come in. */
const masked = (template: string) => template.replace(/\{\{[^{}]*\}\}/g, "••••••");
