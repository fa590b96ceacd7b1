"use client";

import { useQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { useQueryState } from "nuqs";
import { AuditDetails } from "@/components/audit/audit-details";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { copyText } from "@/components/ui/copy";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { paths } from "@/lib/paths";
import type { AuditView } from "@/lib/services/audit/view";

/** Id of the event in the URL. */
export function useLinkedEvent(): [string | null, (event: string | null) => void] {
  const [open, setOpen] = useQueryState("event");
  return [open, (event) => void setOpen(event)];
}

interface LinkedProps {
  slug: string;
  open: string | null;
  onClose(): void;
  events: AuditView[];
  linked: AuditView | null;
}

/** The drawer of the event in the URL, on this page of the list or not. */
export function LinkedEvent({ slug, open, onClose, events, linked }: LinkedProps) {
  const here = [...events, ...(linked ? [linked] : [])].find(({ id }) => id === open);
  const { data, error } = useQuery({
    queryKey: ["audit-event", slug, open],
    queryFn: ({ signal }) => fetchEvent(slug, open ?? "", signal),
    enabled: open !== null && !here,
    retry: false,
  });
  const event = here ?? data;
  return (
    <Dialog
      open={open !== null}
      onOpenChange={(next) => !next && onClose()}
      title="Change"
      kind="drawer"
      className="max-w-xl"
    >
      {event ? (
        <AuditDetails slug={slug} event={event} actions={<CopyLink slug={slug} event={event.id} />} />
      ) : error ? (
        <Callout tone="bad" title="This event cannot be shown">
          {error.message}
        </Callout>
      ) : (
        <div className="grid gap-4" aria-busy>
          <Skeleton className="h-6 w-1/2" />
          <Skeleton className="h-24 w-full" />
          <Skeleton className="h-64 w-full" />
        </div>
      )}
    </Dialog>
  );
}

function CopyLink({ slug, event }: { slug: string; event: string }) {
  return (
    <Button
      variant="secondary"
      size="sm"
      onClick={async () => {
        const done = await copyText(new URL(paths.auditEvent(slug, event), window.location.href).href);
        if (done) toast.success("Link copied");
        else toast.error("The link could not be copied");
      }}
    >
      <Link2 aria-hidden /> Copy link
    </Button>
  );
}

async function fetchEvent(slug: string, event: string, signal: AbortSignal): Promise<AuditView> {
  const path = `/api/v1/workspaces/${encodeURIComponent(slug)}/audit/events/${encodeURIComponent(event)}`;
  const response = await fetch(path, { signal, headers: { accept: "application/json" } });
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(body?.error?.message ?? "The server did not answer.");
  return body;
}
