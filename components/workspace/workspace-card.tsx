import { ArrowUpRight } from "lucide-react";
import Link from "next/link";
import { Monogram } from "@/components/ui/monogram";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { WorkspaceListItem } from "@/lib/services/workspace/view";

/** A workspace in the picker; the whole card leads there. */
export function WorkspaceCard({ workspace }: { workspace: WorkspaceListItem }) {
  return (
    <Link
      href={paths.workspace(workspace.slug)}
      className="group grid gap-5 rounded-xl border bg-surface p-5 shadow-card transition-colors hover:border-line-strong"
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
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-soft text-sm">
        <span>{plural(workspace.servers, "server")}</span>
        <span>{plural(workspace.members, "member")}</span>
        <span>{plural(workspace.calls24h, "call")} in 24 h</span>
      </p>
    </Link>
  );
}
