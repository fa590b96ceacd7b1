"use client";

import { GitCompareArrows, History, Rocket } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import type { Action } from "@/lib/action-state";
import { plural } from "@/lib/format";
import type {
  ActivateDeploymentInput,
  DiffDeploymentsInput,
  ListDeploymentsInput,
} from "@/lib/services/function/schemas";
import type {
  DeployedView,
  DeploymentPage,
  DeploymentView,
  DiffView,
  FunctionDetail,
} from "@/lib/services/function/view";
import { DiffDialog } from "./diff-dialog";

interface ListProps {
  detail: FunctionDetail;
  first: DeploymentPage;
  onActivate: Action<ActivateDeploymentInput, DeployedView>;
  onDiff: Action<DiffDeploymentsInput, DiffView>;
  onOlder: Action<ListDeploymentsInput, DeploymentPage>;
  /** Opens the editor, where the first deployment is made. */
  onCode(): void;
}

/** Every version that was built, newest first; any of them can answer again. */
export function DeploymentList({ detail, first, onActivate, onDiff, onOlder, onCode }: ListProps) {
  const [older, setOlder] = useState<DeploymentPage | null>(null);
  const [open, setOpen] = useState<DeploymentView | null>(null);
  const [loading, setLoading] = useState(false);
  const rows = [...first.deployments, ...(older?.deployments ?? [])];
  const cursor = older ? older.nextCursor : first.nextCursor;
  if (rows.length === 0)
    return (
      <Card>
        <EmptyState
          icon={History}
          title="Nothing deployed yet"
          action={<Button onClick={onCode}>Open the code</Button>}
        >
          Each deploy makes a version that never changes again. They stay here, so that going back to an earlier one
          takes a second.
        </EmptyState>
      </Card>
    );
  async function load(from: string) {
    setLoading(true);
    const answer = await onOlder({ function: detail.slug, cursor: from }).catch(() => null);
    setLoading(false);
    if (!answer?.ok) return void toast.error(answer?.message ?? "The server did not answer.");
    setOlder({ ...answer.data, deployments: [...(older?.deployments ?? []), ...answer.data.deployments] });
  }
  return (
    <Card>
      <CardHeader
        title="Versions"
        description="The one marked answers. Another takes over at once, for calls that come after; its secrets stay set where its hosts are the same."
      />
      <ul className="border-t">
        {rows.map((row) => (
          <li key={row.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-5 py-3.5 last:border-b-0">
            <span className="w-10 font-medium tabular-nums">v{row.version}</span>
            <div className="grid min-w-52 flex-1 gap-0.5">
              <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm">
                <span className="min-w-0 break-words">{row.note ?? plural(row.toolNames.length, "tool")}</span>
                {row.active && <Badge tone="good">answers</Badge>}
                {row.id === detail.staged?.id && <Badge tone="accent">kept ready</Badge>}
              </p>
              <p className="text-faint text-xs leading-5">
                <Time at={row.createdAt} /> by {row.createdBy} · started in {row.startMs} ms · {kib(row.bytes)} ·{" "}
                <span className="font-mono" title={row.sha256}>
                  {row.sha256.slice(0, 10)}
                </span>
              </p>
            </div>
            {!row.active && (
              <Button
                size="sm"
                variant={row.id === detail.staged?.id ? "primary" : "secondary"}
                onClick={() => setOpen(row)}
              >
                {detail.active ? <GitCompareArrows aria-hidden /> : <Rocket aria-hidden />}
                {detail.active && row.version < detail.active.version ? "Compare and roll back" : "Compare and promote"}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {cursor && (
        <div className="flex justify-center border-t p-3">
          <Button variant="ghost" size="sm" pending={loading} onClick={() => load(cursor)}>
            Load older versions
          </Button>
        </div>
      )}
      {open && (
        <DiffDialog
          function={detail.slug}
          active={detail.active}
          to={open}
          onDiff={onDiff}
          onActivate={onActivate}
          onDone={({ deployment, missingSecrets }) =>
            toast.success(`Version ${deployment.version} answers now`, {
              description: missingSecrets.length > 0 ? `Still missing: ${missingSecrets.join(", ")}` : undefined,
            })
          }
          onClose={() => setOpen(null)}
        />
      )}
    </Card>
  );
}

const kib = (bytes: number) => `${Math.max(1, Math.round(bytes / 1024))} KiB`;
