import { Download } from "lucide-react";
import type { Metadata } from "next";
import type { WorkspacePage } from "@/app/page-props";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { orNotFound, requireWorkspaceCtx } from "@/lib/auth/context";
import { listAudit } from "@/lib/services/audit/list";
import { ListAuditInput } from "@/lib/services/audit/schemas";
import { listMembers } from "@/lib/services/member/list";
import { AuditLog } from "./audit-log";

export const metadata: Metadata = { title: "Audit" };

/** One value of a query parameter that the list takes; undefined where it takes none. */
function one(name: "action" | "actor" | "cursor", value: string | string[] | undefined): string | undefined {
  return value === "" ? undefined : ListAuditInput.shape[name].safeParse(value).data;
}

export default async function AuditPage({ params, searchParams }: WorkspacePage) {
  const { slug } = await params;
  const search = await searchParams;
  const ctx = await requireWorkspaceCtx(slug);
  const filters = { action: one("action", search.action), actor: one("actor", search.actor) };
  const cursor = one("cursor", search.cursor);
  const page = await orNotFound(listAudit(ctx, { ...filters, cursor, limit: 50 }));
  const members = await listMembers(ctx);
  return (
    <>
      <PageHeader
        title="Audit"
        description="Who changed what in this workspace, with before and after. Secrets are named, never shown."
        actions={
          <Button asChild variant="secondary">
            <a href={`/api/v1/workspaces/${encodeURIComponent(slug)}/audit.jsonl`} download>
              <Download aria-hidden /> Export JSONL
            </a>
          </Button>
        }
      />
      <AuditLog
        slug={slug}
        filters={{ action: filters.action ?? "", actor: filters.actor ?? "" }}
        actors={members.flatMap(({ email, name }) => (email ? [{ email, name }] : []))}
        first={cursor === undefined}
        page={page}
      />
    </>
  );
}
