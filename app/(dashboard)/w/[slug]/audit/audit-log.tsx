"use client";

import { ArrowLeft, ArrowRight, SearchX } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { AuditFilters, type AuditFilterValues } from "@/components/audit/audit-filters";
import { AuditList } from "@/components/audit/audit-list";
import { ChainCard } from "@/components/audit/chain-card";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/paths";
import type { AuditPage } from "@/lib/services/audit/view";
import { verifyAuditAction } from "./actions";

interface LogProps {
  slug: string;
  filters: AuditFilterValues;
  actors: { email: string; name: string }[];
  /** False on later pages. */
  first: boolean;
  page: AuditPage;
}

export function AuditLog({ slug, filters, actors, first, page }: LogProps) {
  const router = useRouter();
  const href = (more: Record<string, string>) => {
    const search = new URLSearchParams(Object.entries({ ...filters, ...more }).filter(([, value]) => value !== ""));
    return search.size > 0 ? `${paths.audit(slug)}?${search}` : paths.audit(slug);
  };
  return (
    <div className="grid grid-cols-1 gap-4">
      <ChainCard onVerify={() => verifyAuditAction(slug, undefined)} />
      <AuditFilters
        values={filters}
        actors={actors}
        onChange={(next) => router.replace(href({ ...next }), { scroll: false })}
      />
      <Card>
        {page.events.length > 0 ? (
          <AuditList events={page.events} />
        ) : (
          <EmptyState
            icon={SearchX}
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
    </div>
  );
}
