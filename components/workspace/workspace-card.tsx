import { ArrowUpRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Sparkline } from "@/components/charts/sparkline";
import { Monogram } from "@/components/ui/monogram";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { WorkspaceListItem } from "@/lib/services/workspace/view";

/** A workspace in the picker; the whole card leads there. `children`: how its servers are doing. */
export function WorkspaceCard({ workspace, children }: { workspace: WorkspaceListItem; children?: ReactNode }) {
  const { spark24h } = workspace;
  return (
    <Link
      href={paths.workspace(workspace.slug)}
      className="group grid h-full content-start gap-4 rounded-xl border bg-surface p-5 shadow-card transition-colors hover:border-line-strong"
    >
      <div className="flex items-start gap-3">
        <Monogram name={workspace.name} className="size-10 text-xs" />
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold">{workspace.name}</h2>
          <p className="truncate font-mono text-faint text-xs">/ws/{workspace.slug}</p>
        </div>
        <ArrowUpRight
          aria-hidden
          className="size-4 text-faint transition-transform group-hover:translate-x-0.5 group-hover:-translate-y-0.5"
        />
      </div>
      <div className="flex h-5 items-center gap-2 text-sm">{children}</div>
      <div className="grid gap-1">
        <Sparkline
          values={spark24h}
          label={`Calls of the last 24 hours, at most ${plural(Math.max(...spark24h, 0), "call")} an hour`}
          className="h-9 w-full"
        />
        <p className="text-faint text-xs tabular-nums">{plural(workspace.calls24h, "call")} in 24 h</p>
      </div>
      <p className="mt-auto flex flex-wrap gap-x-4 gap-y-1 border-t pt-3 text-soft text-sm">
        <span>{plural(workspace.servers, "server")}</span>
        <span>{plural(workspace.members, "member")}</span>
        <span className="ml-auto text-faint capitalize">{workspace.role}</span>
      </p>
    </Link>
  );
}
