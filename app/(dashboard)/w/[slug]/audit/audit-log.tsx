"use client";

import { ArrowLeft, ArrowRight, FileClock, SearchX } from "lucide-react";
import Link from "next/link";
import { AuditFilters } from "@/components/audit/audit-filters";
import { AuditList } from "@/components/audit/audit-list";
import { ChainCard } from "@/components/audit/chain-card";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/paths";
import type { AuditFacets, AuditHead, AuditPage, AuditView } from "@/lib/services/audit/view";
import { verifyAuditAction } from "./actions";
import { LinkedEvent, useLinkedEvent } from "./linked-event";

interface LogProps {
  slug: string;
  /** As they stand in the URL. */
  filters: Record<string, string>;
  facets: AuditFacets;
  chain: AuditHead | null;
  /** False on later pages. */
  first: boolean;
  page: AuditPage;
  /** The event that the page's own link names; null where there is none. */
  linked: AuditView | null;
}

export function AuditLog({ slug, filters, facets, chain, first, page, linked }: LogProps) {
  const [open, setOpen] = useLinkedEvent();
  const href = (more: Record<string, string>) => {
    const search = new URLSearchParams({ ...filters, ...more });
    return search.size > 0 ? `${paths.audit(slug)}?${search}` : paths.audit(slug);
  };
  const targets = new Map(
    page.events.map(({ targetId: id, targetName: name, targetType: type }) => [id, { id, name, type }]),
  );
  return (
    <div className="grid grid-cols-1 gap-4">
      <ChainCard slug={slug} head={chain} onVerify={(input) => verifyAuditAction(slug, input)} />
      <AuditFilters facets={facets} targets={[...targets.values()]} />
      <Card>
        {page.events.length > 0 ? (
          <AuditList events={page.events} onOpen={(event) => setOpen(event.id)} />
        ) : (
          <EmptyState
            icon={Object.keys(filters).length > 0 ? SearchX : FileClock}
            title="No event fits"
            action={
              <Button asChild variant="secondary">
                <Link href={paths.audit(slug)}>Show all events</Link>
              </Button>
            }
          >
            Everything that changes this workspace leaves an event here, in the same moment as the change.
          </EmptyState>
        )}
        {(!first || page.nextCursor) && page.events.length > 0 && (
          <div className="flex justify-between border-t p-3">
            {first ? (
              <span />
            ) : (
              <Button asChild variant="ghost" size="sm">
                <Link href={href({})}>
                  <ArrowLeft aria-hidden /> Newest
                </Link>
              </Button>
            )}
            {page.nextCursor && (
              <Button asChild variant="ghost" size="sm">
                <Link href={href({ cursor: page.nextCursor })}>
                  Older <ArrowRight aria-hidden />
                </Link>
              </Button>
            )}
          </div>
        )}
      </Card>
      <LinkedEvent slug={slug} open={open} onClose={() => setOpen(null)} events={page.events} linked={linked} />
    </div>
  );
}
