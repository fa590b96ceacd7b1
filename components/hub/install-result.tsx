import { CircleCheck, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { ListingInstalled } from "@/lib/services/listing/view";

const SHOWN = 14;

/** What the install led to, and what to do next. */
export function InstallResult({ slug, installed }: { slug: string; installed: ListingInstalled }) {
  const { server, probe, switchedOff } = installed;
  const tools = probe.tools;
  return (
    <div className="grid gap-4" aria-live="polite">
      {probe.ok ? (
        <p className="flex items-center gap-2 font-medium text-good text-sm">
          <CircleCheck aria-hidden className="size-4 shrink-0" />
          Installed: {plural(tools.length, "tool")}
        </p>
      ) : (
        <Callout tone="warn" title="Added, but it does not answer yet">
          {probe.message}
        </Callout>
      )}
      {tools.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {tools.slice(0, SHOWN).map((tool) => (
            <li key={tool.name} title={tool.description ?? undefined} className="min-w-0">
              <Badge className="max-w-full whitespace-normal break-all font-mono font-normal">
                {tool.name}
                {switchedOff.includes(tool.name) && <span className="text-faint">off</span>}
              </Badge>
            </li>
          ))}
          {tools.length > SHOWN && (
            <li>
              <Badge>and {tools.length - SHOWN} more</Badge>
            </li>
          )}
        </ul>
      )}
      {switchedOff.length > 0 && (
        <p className="flex items-start gap-2 text-soft text-xs leading-5">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warn" />
          {plural(switchedOff.length, "tool")} not marked as read-only {switchedOff.length === 1 ? "is" : "are"}{" "}
          switched off.
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {probe.ok && tools.length > 0 && (
          <Button asChild>
            <Link href={`${paths.tools(slug)}?server=${encodeURIComponent(server.slug)}`}>Try one</Link>
          </Button>
        )}
        <Button asChild variant="secondary">
          <Link href={paths.connect(slug)}>Connect a client</Link>
        </Button>
        <Button asChild variant="ghost">
          <Link href={paths.server(slug, server.slug)}>Open the server</Link>
        </Button>
      </div>
    </div>
  );
}
